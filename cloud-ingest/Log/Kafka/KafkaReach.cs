using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Sensing.CloudIngest.Log.Kafka;

/// <summary>Whether a client reaches its cluster. The native library reports when all brokers are gone, and never that
/// one is back:
/// that shows by data, or by asking.</summary>
internal sealed partial class KafkaReach(string servers, string who, ILogger logger)
{
    /// <summary>Longest wait for an answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly BrokerErrors _errors = new();
    private volatile string? _problem;

    public string? Problem => _problem;

    /// <summary>What a broker or its connection has failed with since Kafka last answered.</summary>
    public string? LastError => _errors.Last;

    /// <summary>Called by the native library's threads.</summary>
    public void Report(Error error)
    {
        _errors.Report(error);
        if (error.Code == ErrorCode.Local_AllBrokersDown)
        {
            Fail(LastError ?? error.Reason);
        }
        else if (BrokerErrors.IsRefusal(error))
        {
            Fail($"the brokers refuse this client: {error.Reason}");
        }
    }

    /// <summary>Kafka has just answered.</summary>
    public void Confirm()
    {
        _errors.Clear();
        if (_problem is not null)
        {
            _problem = null;
            Back(who, servers);
        }
    }

    /// <summary>Asks the cluster where it was last reported gone; waits up to <see cref="Timeout"/>.</summary>
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

    private void Fail(string reason)
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
