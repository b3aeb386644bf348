using Sensing.CloudIngest.Bridge;

namespace Sensing.CloudIngest.Broker;

/// <summary>The connections of the broker, and which nodes speak through them.</summary>
internal sealed class BrokerConnections : INodePresence
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BrokerConnection> _byClient = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Site, string Node), BrokerConnection> _byNode = [];

    /// <summary>Why the broker takes nothing; null while it listens.</summary>
    public string? Problem { get; set; } = "the MQTT broker has not started";

    /// <summary>Clients that are connected.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byClient.Count;
            }
        }
    }

    /// <summary>Whether a client of this id is connected.</summary>
    public bool Has(string clientId)
    {
        lock (_lock)
        {
            return _byClient.ContainsKey(clientId);
        }
    }

    /// <summary>A connection has been accepted; it replaces one of the same client id.</summary>
    public void Add(BrokerConnection connection)
    {
        lock (_lock)
        {
            _byClient[connection.ClientId] = connection;
        }
    }

    /// <summary>A connection has published the status of a node.</summary>
    public void Announce(string site, string node, BrokerConnection connection)
    {
        lock (_lock)
        {
            _byNode[(site, node)] = connection;
        }
    }

    /// <returns>False where a newer connection of the same client id had replaced it, or it was never accepted.</returns>
    public bool Remove(BrokerConnection connection)
    {
        lock (_lock)
        {
            foreach ((string, string) node in _byNode.Where(pair => pair.Value == connection).Select(pair => pair.Key).ToArray())
            {
                _byNode.Remove(node);
            }

            if (_byClient.TryGetValue(connection.ClientId, out BrokerConnection? current) && current == connection)
            {
                _byClient.Remove(connection.ClientId);
                return true;
            }

            return false;
        }
    }

    public bool? IsConnected(string site, string node)
    {
        lock (_lock)
        {
            return _byNode.ContainsKey((site, node));
        }
    }
}
