using MQTTnet;
using MQTTnet.Formatter;
using Sensing.EdgeNode.Configuration;

namespace Sensing.EdgeNode.Publishing;

/// <summary>Asks the broker whether it would take the node, under another client id, so that a running node is not thrown out.</summary>
internal static class BrokerProbe
{
    /// <returns>What the broker said.</returns>
    /// <exception cref="ConnectionRefusedException">It refuses.</exception>
    public static async Task<string> AskAsync(NodeOptions node, string baseDirectory, TimeSpan wait, TimeProvider time, CancellationToken cancellation)
    {
        MqttOptions options = node.Mqtt;
        var files = new BrokerFiles(options, baseDirectory);
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(options.Host, options.Port)
            .WithClientId($"{options.ClientId ?? $"{node.Site}.{node.Node}"}.doctor")
            .WithCleanStart(true)
            .WithTimeout(wait);
        if (options.User is { } user)
        {
            builder.WithCredentials(user, files.Password() ?? []);
        }

        if (options.Tls.Enabled)
        {
            builder.WithTlsOptions(files.Tls());
        }

        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        using var timeout = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        MqttClientConnectResult result;
        try
        {
            result = await client.ConnectAsync(builder.Build(), either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {wait.TotalSeconds:R} s.");
        }

        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new ConnectionRefusedException($"it refuses the node ({result.ResultCode}). {Verdicts.Remedy(result.ResultCode)}");
        }

        await client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellation);
        return $"takes the node{(options.Tls.Enabled ? ", encrypted" : "")}; {result.ReceiveMaximum ?? ushort.MaxValue} messages in flight"
            + (result.MaximumPacketSize is { } most and > 0 ? $", packets up to {most} bytes" : "");
    }
}
