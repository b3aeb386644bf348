using System.Runtime.InteropServices;

namespace Sensing.CloudIngest.Log.Kafka.Native;

/// <summary>What <see cref="NativeProducer"/> calls of librdkafka (its rdkafka.h, which keeps its binary form), from the file that <see cref="LibrdkafkaFile"/> chooses.</summary>
internal static unsafe partial class Librdkafka
{
    public const int ErrorBytes = 512;
    public const int Producer = 0;
    public const int ConfigurationOk = 0;

    /// <summary>The library copies the value.</summary>
    public const int CopyValue = 2;

    public const int DeliveryEvent = 0x1;
    public const int LogEvent = 0x4;
    public const int ErrorEvent = 0x8;

    private const string Library = LibrdkafkaFile.Name;

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    public static partial nint NewConfiguration();

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_destroy")]
    public static partial void DestroyConfiguration(nint configuration);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Set(nint configuration, string name, string value, byte* error, nuint errorBytes);

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_set_events")]
    public static partial void SetEvents(nint configuration, int events);

    /// <summary>Takes over the configuration unless it fails (0).</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    public static partial nint New(int type, nint configuration, byte* error, nuint errorBytes);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    public static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewTopic(nint client, string topic, nint configuration);

    [LibraryImport(Library, EntryPoint = "rd_kafka_topic_destroy")]
    public static partial void DestroyTopic(nint topic);

    /// <returns>0, or an error to be destroyed.</returns>
    [LibraryImport(Library, EntryPoint = "rd_kafka_produceva")]
    public static partial nint Produce(nint client, ProduceArgument* arguments, nuint count);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_code")]
    public static partial int ErrorCode(nint error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_string")]
    public static partial byte* ErrorText(nint error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_error_destroy")]
    public static partial void DestroyError(nint error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_err2str")]
    public static partial byte* Text(int code);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_get_main")]
    public static partial nint MainQueue(nint client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_set_log_queue")]
    public static partial int SetLogQueue(nint client, nint queue);

    /// <summary>Waits; 0 where nothing came.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_poll")]
    public static partial nint Poll(nint queue, int milliseconds);

    /// <summary>Wakes <see cref="Poll"/>.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_yield")]
    public static partial void Wake(nint queue);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_destroy")]
    public static partial void DestroyQueue(nint queue);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_type")]
    public static partial int EventType(nint taken);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_destroy")]
    public static partial void DestroyEvent(nint taken);

    /// <summary>The next messages of a delivery event; they belong to the event.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_event_message_array")]
    public static partial nuint EventMessages(nint taken, ProducedMessage** messages, nuint room);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_error")]
    public static partial int EventErrorCode(nint taken);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_error_string")]
    public static partial byte* EventErrorText(nint taken);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_error_is_fatal")]
    public static partial int EventErrorIsFatal(nint taken);

    [LibraryImport(Library, EntryPoint = "rd_kafka_event_log")]
    public static partial int EventLog(nint taken, byte** facility, byte** text, int* level);

    /// <summary>Why the client can do nothing any more; 0 where it can.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_fatal_error")]
    public static partial int FatalError(nint client, byte* text, nuint textBytes);

    /// <summary>For tests: the client behaves as after a fatal error of the broker's.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_test_fatal_error", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int TestFatalError(nint client, int code, string reason);

    [LibraryImport(Library, EntryPoint = "rd_kafka_metadata")]
    public static partial int Metadata(nint client, int allTopics, nint onlyTopic, nint* metadata, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_metadata_destroy")]
    public static partial void DestroyMetadata(nint metadata);
}
