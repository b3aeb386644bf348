using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Sensing.Testing;

/// <summary>The mock cluster inside librdkafka (rdkafka_mock.h): speaks the protocol on loopback, keeps what it gets in
/// memory, and fails on demand.</summary>
/// <remarks>It has no controller, so topics are created here and not by clients. It knows neither TLS nor logins nor
/// limits of a topic.</remarks>
public sealed class MockKafkaCluster : IDisposable
{
    private const short ProduceKey = 0;

    /// <summary>The library that Confluent.Kafka has loaded.</summary>
    private static readonly Lazy<nint> Library = new(() => NativeLibrary.Load(Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
        .First(module => Path.GetFileName(module.FileName).Contains("librdkafka", StringComparison.Ordinal)).FileName));

    private readonly IProducer<Null, Null> _owner;
    private readonly nint _cluster;

    /// <param name="brokers">How many, numbered from 1.</param>
    public MockKafkaCluster(int brokers = 1)
    {
        var settings = new ProducerConfig { BootstrapServers = "127.0.0.1:1" };
        settings.Set("test.mock.num.brokers", $"{brokers}");
        _owner = new ProducerBuilder<Null, Null>(settings).SetLogHandler((_, _) => { }).Build();
        _cluster = Function<HandleToHandle>("rd_kafka_handle_mock_cluster")(Native(_owner.Handle));
        Servers = Marshal.PtrToStringUTF8(Function<HandleToHandle>("rd_kafka_mock_cluster_bootstraps")(_cluster))!;
    }

    private delegate nint HandleToHandle(nint handle);

    private delegate ErrorCode OnBroker(nint cluster, int broker);

    private delegate ErrorCode CreateTopic(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partitions, int replicas);

    private delegate ErrorCode SetLeader(nint cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partition, int broker);

    private delegate void PushErrors(nint cluster, short request, nuint count, int[] errors);

    private delegate ErrorCode FailForGood(nint client, ErrorCode error, [MarshalAs(UnmanagedType.LPUTF8Str)] string reason);

    /// <summary>Bootstrap addresses.</summary>
    public string Servers { get; }

    /// <summary>Creates a topic; one that exists stays as it is.</summary>
    public void Create(string topic, int partitions) => Function<CreateTopic>("rd_kafka_mock_topic_create")(_cluster, topic, partitions, 1);

    /// <summary>Ends the connections of a broker and accepts no others; what it has stays.</summary>
    public void Down(int broker) => Check(Function<OnBroker>("rd_kafka_mock_broker_set_down")(_cluster, broker));

    /// <summary>Lets a broker accept connections again.</summary>
    public void Up(int broker) => Check(Function<OnBroker>("rd_kafka_mock_broker_set_up")(_cluster, broker));

    /// <summary>Moves a partition to another broker.</summary>
    public void Lead(string topic, int partition, int broker) =>
        Check(Function<SetLeader>("rd_kafka_mock_partition_set_leader")(_cluster, topic, partition, broker));

    /// <summary>Answers the next produce requests with <paramref name="errors"/>, one each, and appends nothing of
    /// them.</summary>
    public void RefuseNext(params ErrorCode[] errors) => Function<PushErrors>("rd_kafka_mock_push_request_errors_array")(
        _cluster, ProduceKey, (nuint)errors.Length, [.. errors.Select(error => (int)error)]);

    /// <summary>Makes an idempotent producer fail for good, as when Kafka reports sequence numbers that do not follow
    /// each other.</summary>
    public static void Break(Handle producer) =>
        Function<FailForGood>("rd_kafka_test_fatal_error")(Native(producer), ErrorCode.OutOfOrderSequenceNumber, "broken by a test");

    public void Dispose() => _owner.Dispose();

    private static void Check(ErrorCode error)
    {
        if (error != ErrorCode.NoError)
        {
            throw new InvalidOperationException($"The mock cluster answered {error}.");
        }
    }

    /// <summary>The native client; Confluent.Kafka keeps it to itself.</summary>
    private static nint Native(Handle client)
    {
        PropertyInfo property = typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)!;
        return ((SafeHandle)property.GetValue(client)!).DangerousGetHandle();
    }

    private static T Function<T>(string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Library.Value, name));
}
