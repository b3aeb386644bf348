using System.Globalization;

namespace Sensing.Testing.Delivery;

/// <summary>A cable between two networks: two interfaces with an address each and nothing behind them. It can be pulled and be made slow.</summary>
public sealed class NetworkLink
{
    private readonly NetworkNamespace _near;
    private readonly NetworkNamespace _far;
    private readonly string _nearEnd;
    private readonly string _farEnd;

    private NetworkLink(NetworkNamespace near, NetworkNamespace far, int number)
    {
        _near = near;
        _far = far;
        _nearEnd = $"near{number}";
        _farEnd = $"far{number}";
        NearAddress = $"10.213.{number}.1";
        FarAddress = $"10.213.{number}.2";
    }

    public string NearAddress { get; }

    public string FarAddress { get; }

    /// <summary>Lays it.</summary>
    /// <param name="near">One network.</param>
    /// <param name="far">The other.</param>
    /// <param name="number">Of the link, different in each network.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<NetworkLink> ConnectAsync(NetworkNamespace near, NetworkNamespace far, int number, CancellationToken cancellation)
    {
        var link = new NetworkLink(near, far, number);
        await near.RunAsync($"ip link add {link._nearEnd} type veth peer name {link._farEnd} netns {far.Holder.ToString(CultureInfo.InvariantCulture)}", cancellation);
        await near.RunAsync($"ip address add {link.NearAddress}/30 dev {link._nearEnd}", cancellation);
        await far.RunAsync($"ip address add {link.FarAddress}/30 dev {link._farEnd}", cancellation);
        await far.RunAsync($"ip link set {link._farEnd} up", cancellation);
        await link.RestoreAsync(cancellation);
        return link;
    }

    /// <summary>Pulls it: what is on its way is lost, connections stay open and nothing comes through.</summary>
    public Task CutAsync(CancellationToken cancellation) => _near.RunAsync($"ip link set {_nearEnd} down", cancellation);

    public Task RestoreAsync(CancellationToken cancellation) => _near.RunAsync($"ip link set {_nearEnd} up", cancellation);

    /// <summary>Lets so much through each way and no more, as <c>tc</c> writes rates; what does not fit into a short queue is lost.</summary>
    public Task SlowAsync(string rate, CancellationToken cancellation) => Task.WhenAll(
        _near.RunAsync($"tc qdisc replace dev {_nearEnd} root {Limit(rate)}", cancellation),
        _far.RunAsync($"tc qdisc replace dev {_farEnd} root {Limit(rate)}", cancellation));

    internal static string Limit(string rate) => $"tbf rate {rate} burst 16kb latency 100ms";
}
