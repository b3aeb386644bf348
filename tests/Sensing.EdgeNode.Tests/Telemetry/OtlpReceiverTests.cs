using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Telemetry;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Telemetry;

public class OtlpReceiverTests
{
    [Theory]
    [InlineData(OtlpProtocol.Grpc)]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    public void A_receiver_that_is_not_there_is_reported_once(OtlpProtocol protocol)
    {
        var log = new CollectedLog();
        string endpoint = $"http://127.0.0.1:{LoopbackPort.Free()}/v1/metrics";
        using (Start(endpoint, protocol, log))
        {
            // The last metrics are sent as it ends.
        }

        Assert.Contains($"The OTLP receiver {endpoint} takes no metrics", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Metrics_are_sent_over_HTTP()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var log = new CollectedLog();
        Task<string> request = AnswerAsync(listener);
        using (Start($"http://{listener.LocalEndpoint}/v1/metrics", OtlpProtocol.HttpProtobuf, log))
        {
            // The last metrics are sent as it ends.
        }

        Assert.StartsWith("POST /v1/metrics HTTP/1.1", await request);
        Assert.Contains("application/x-protobuf", await request);
        Assert.Empty(log.Lines);
    }

    private static NodeTelemetry Start(string endpoint, OtlpProtocol protocol, CollectedLog log)
    {
        using var meter = new System.Diagnostics.Metrics.Meter(NodeMetrics.MeterName);
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        NodeTelemetry telemetry = NodeTelemetry.Start(
            new NodeOptions
            {
                Site = "site",
                Node = "node",
                Telemetry = new TelemetryOptions
                {
                    OtlpEndpoint = endpoint,
                    OtlpProtocol = protocol,
                    OtlpSeconds = 3600,
                },
            },
            logs)!;
        meter.CreateCounter<long>("sensing.test").Add(1);
        return telemetry;
    }

    private static async Task<string> AnswerAsync(TcpListener listener)
    {
        using Socket socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        var received = new StringBuilder();
        byte[] buffer = new byte[64 * 1024];
        while (!received.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(),
            TestContext.Current.CancellationToken);
        return received.ToString();
    }

    private sealed class CollectedLog : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (Lines)
            {
                Lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
