using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>What the native client last reported about a broker or its connection. What follows from it (all brokers
/// down, a call
/// that timed out) does not name the cause.</summary>
internal sealed class BrokerErrors
{
    private volatile string? _refusal;
    private volatile string? _last;

    /// <summary>A refusal of this client if there was one, since the connection errors after it do not say why; else
    /// the last error.</summary>
    public string? Last => _refusal ?? _last;

    /// <summary>Whether the brokers refuse this client's certificate, login or rights.</summary>
    public static bool IsRefusal(Error error) => error.Code is
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed or ErrorCode.Local_Ssl
        or ErrorCode.ClusterAuthorizationFailed;

    public void Report(Error error)
    {
        if (IsRefusal(error))
        {
            _refusal = error.Reason;
        }
        else if (error.Code is not ErrorCode.Local_AllBrokersDown)
        {
            _last = error.Reason;
        }
    }

    public void Clear()
    {
        _refusal = null;
        _last = null;
    }
}
