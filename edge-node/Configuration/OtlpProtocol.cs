namespace Sensing.EdgeNode.Configuration;

/// <summary>Protocols of the OpenTelemetry exporter.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC; its receivers listen on port 4317.</summary>
    Grpc,

    /// <summary>HTTP with protocol buffers; its receivers listen on port 4318 and the endpoint ends with
    /// /v1/metrics.</summary>
    HttpProtobuf,
}
