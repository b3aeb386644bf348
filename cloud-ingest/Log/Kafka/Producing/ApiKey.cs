namespace Sensing.CloudIngest.Log.Kafka.Producing;

/// <summary>The kinds of request that a producer sends (https://kafka.apache.org/protocol#protocol_api_keys).</summary>
internal enum ApiKey : short
{
    Produce = 0,
    Metadata = 3,
    SaslHandshake = 17,
    ApiVersions = 18,
    InitProducerId = 22,
    SaslAuthenticate = 36,
}
