using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Whether a client reaches its cluster. The native library tells when all brokers are gone, and never that one is back: that shows by data, or by asking.</summary>
internal sealed partial class KafkaReach(string servers, string who, ILogger logger)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private volatile string? _problem;

    public string? Problem => _problem;

    /// <summary>Called by the native library's threads.</summary>
    public void Report(Error error)
    {
        if (error.Code == ErrorCode.Local_AllBrokersDown)
        {
            Fail(error.Reason);
        }
        else if (error.Code is ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed or ErrorCode.Local_Ssl or ErrorCode.ClusterAuthorizationFailed)
        {
            Fail($"the brokers refuse this client: {error.Reason}");
        }
    }

    /// <summary>Kafka has just answered.</summary>
    public void Confirm()
    {
        if (_problem is not null)
        {
            _problem = null;
            Back(who, servers);
        }
    }

    /// <summary>Asks the cluster where the last word was that it is gone; waits up to <see cref="Timeout"/>.</summary>
    public void Check(Handle client)
    {
        if (_problem is null)
        {
            return;
        }

        try
        {
            using IAdminClient admin = new DependentAdminClientBuilder(client).Build();
            if (admin.GetMetadata(Timeout).Brokers.Count > 0)
            {
                Confirm();
            }
        }
        catch (KafkaException)
        {
            // Still gone: the problem stands.
        }
    }

    /// <summary>No broker answers.</summary>
    public void Fail(string reason)
    {
        bool isNew = _problem is null;
        _problem = $"no connection to Kafka at {servers}: {reason}";
        if (isNew)
        {
            Gone(who, servers, reason);
        }
    }

    [LoggerMessage(4311, LogLevel.Warning, "The {Who} has no connection to Kafka at {Servers} ({Reason}); what is not acknowledged waits.")]
    private partial void Gone(string who, string servers, string reason);

    [LoggerMessage(4312, LogLevel.Information, "The {Who} has its connection to Kafka at {Servers} again.")]
    private partial void Back(string who, string servers);
}
