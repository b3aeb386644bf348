using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace Sensing.CloudIngest.Log.Kafka.Native;

/// <summary>A producer of librdkafka, with Confluent.Kafka's settings, errors and library, and without an object or a callback a record.</summary>
/// <remarks>Confluent.Kafka's own producer makes a message, a list of headers, a handle and a delegate's call of every record, which costs a
/// busy bridge more than the rest of its work. Here arguments lie on the stack, and reports come in batches, as the library has them.</remarks>
internal sealed unsafe class NativeProducer : IDisposable
{
    private const int PollMilliseconds = 500;
    private const int ReportBatch = 256;

    /// <summary>Settings for Confluent.Kafka itself, which the library does not know.</summary>
    private const string OwnSettings = "dotnet.";

    private readonly IProducerEvents _events;
    private readonly Dictionary<string, nint> _topics = [];
    private readonly Thread _polling;
    private readonly nint _client;
    private readonly nint _queue;
    private volatile bool _isDisposed;

    /// <exception cref="ArgumentException">The library does not take a setting.</exception>
    /// <exception cref="KafkaException">It cannot make a producer of them.</exception>
    public NativeProducer(ProducerConfig settings, IProducerEvents events)
    {
        _events = events;
        byte* text = stackalloc byte[Librdkafka.ErrorBytes];
        nint configuration = Configuration(settings, text);
        _client = Librdkafka.New(Librdkafka.Producer, configuration, text, Librdkafka.ErrorBytes);
        if (_client == 0)
        {
            Librdkafka.DestroyConfiguration(configuration);
            throw new KafkaException(new Error(ErrorCode.Local_Fail, Text(text)));
        }

        _queue = Librdkafka.MainQueue(_client);
        _ = Librdkafka.SetLogQueue(_client, 0);
        _polling = new Thread(Poll) { IsBackground = true, Name = "Kafka reports" };
        _polling.Start();
    }

    /// <summary>Gives a record to the library, which copies it; its report comes later, unless this says no. One call at a time.</summary>
    /// <param name="record">The record.</param>
    /// <param name="opaque">Comes back with the report.</param>
    /// <returns>Null where it was taken.</returns>
    public Error? Produce(KafkaRecord record, nint opaque)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ProduceArgument* arguments = stackalloc ProduceArgument[6 + KafkaRecord.MaxHeaders];
        int count = 0;
        fixed (byte* text = record.Text)
        fixed (byte* value = record.Value.Span)
        {
            // A value without a byte is one all the same; no value at all would mean something else to Kafka.
            arguments[count++] = ProduceArgument.Topic(Topic(record.Topic));
            arguments[count++] = ProduceArgument.Key(text + record.Key.Begin, record.Key.Length);
            arguments[count++] = ProduceArgument.Value(value is null ? text : value, record.Value.Length);
            arguments[count++] = ProduceArgument.Flags(Librdkafka.CopyValue);
            arguments[count++] = ProduceArgument.Timestamp(record.Timestamp);
            arguments[count++] = ProduceArgument.Opaque(opaque);
            foreach (ref readonly KafkaRecord.Header header in record.Headers)
            {
                arguments[count++] = ProduceArgument.Header(header.Name.Pointer, text + header.Value.Begin, header.Value.Length);
            }

            nint refusal = Librdkafka.Produce(_client, arguments, (nuint)count);
            return refusal == 0 ? null : Refusal(refusal);
        }
    }

    /// <summary>Whether a broker answers within <paramref name="timeout"/>.</summary>
    public bool Answers(TimeSpan timeout)
    {
        nint metadata;
        if (Librdkafka.Metadata(_client, 0, 0, &metadata, (int)timeout.TotalMilliseconds) != 0)
        {
            return false;
        }

        Librdkafka.DestroyMetadata(metadata);
        return true;
    }

    /// <summary>For tests: breaks the producer as a broker would that has forgotten it.</summary>
    internal void Break() => Librdkafka.TestFatalError(_client, (int)ErrorCode.OutOfOrderSequenceNumber, "broken by a test");

    /// <summary>Ends it. What has no report by then gets none. Not to be called from within a report.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Librdkafka.Wake(_queue);
        _polling.Join();
        foreach (nint topic in _topics.Values)
        {
            Librdkafka.DestroyTopic(topic);
        }

        Librdkafka.DestroyQueue(_queue);
        Librdkafka.Destroy(_client);
    }

    private static nint Configuration(ProducerConfig settings, byte* text)
    {
        nint configuration = Librdkafka.NewConfiguration();
        IEnumerable<KeyValuePair<string, string>> all =
            [.. settings.Where(setting => !setting.Key.StartsWith(OwnSettings, StringComparison.Ordinal)), new("log.queue", "true")];
        foreach ((string name, string value) in all)
        {
            if (Librdkafka.Set(configuration, name, value, text, Librdkafka.ErrorBytes) != Librdkafka.ConfigurationOk)
            {
                Librdkafka.DestroyConfiguration(configuration);
                throw new ArgumentException(Text(text), nameof(settings));
            }
        }

        Librdkafka.SetEvents(configuration, Librdkafka.DeliveryEvent | Librdkafka.ErrorEvent | Librdkafka.LogEvent);
        return configuration;
    }

    private nint Topic(string name)
    {
        if (!_topics.TryGetValue(name, out nint topic))
        {
            topic = Librdkafka.NewTopic(_client, name, 0);
            _topics[name] = topic;
        }

        return topic;
    }

    private void Poll()
    {
        while (!_isDisposed)
        {
            Handle(Librdkafka.Poll(_queue, PollMilliseconds));
        }

        // What is reported already need not be sent again by whoever comes next.
        while (Handle(Librdkafka.Poll(_queue, 0)))
        {
        }
    }

    /// <returns>False where nothing has come.</returns>
    private bool Handle(nint taken)
    {
        if (taken == 0)
        {
            return false;
        }

        switch (Librdkafka.EventType(taken))
        {
            case Librdkafka.DeliveryEvent:
                Deliver(taken);
                break;
            case Librdkafka.ErrorEvent:
                _events.Failed(Failure(taken));
                break;
            case Librdkafka.LogEvent:
                byte* facility;
                byte* text;
                int level;
                if (Librdkafka.EventLog(taken, &facility, &text, &level) == 0)
                {
                    _events.Logged($"{Text(facility)}: {Text(text)}");
                }

                break;
        }

        Librdkafka.DestroyEvent(taken);
        return true;
    }

    private void Deliver(nint taken)
    {
        ProducedMessage** messages = stackalloc ProducedMessage*[ReportBatch];
        Span<nint> delivered = stackalloc nint[ReportBatch];
        while ((int)Librdkafka.EventMessages(taken, messages, ReportBatch) is > 0 and var count)
        {
            int good = 0;
            for (int i = 0; i < count; i++)
            {
                if (messages[i]->Error == 0)
                {
                    delivered[good++] = messages[i]->Opaque;
                    continue;
                }

                _events.Delivered(delivered[..good]);
                good = 0;
                _events.Refused(messages[i]->Opaque, new Error((ErrorCode)messages[i]->Error, Text(Librdkafka.Text(messages[i]->Error))));
            }

            _events.Delivered(delivered[..good]);
        }
    }

    private Error Failure(nint taken)
    {
        if (Librdkafka.EventErrorIsFatal(taken) == 0)
        {
            return new Error((ErrorCode)Librdkafka.EventErrorCode(taken), Text(Librdkafka.EventErrorText(taken)));
        }

        byte* text = stackalloc byte[Librdkafka.ErrorBytes];
        int code = Librdkafka.FatalError(_client, text, Librdkafka.ErrorBytes);
        return new Error((ErrorCode)code, Text(text), isFatal: true);
    }

    private static Error Refusal(nint refusal)
    {
        var error = new Error((ErrorCode)Librdkafka.ErrorCode(refusal), Text(Librdkafka.ErrorText(refusal)));
        Librdkafka.DestroyError(refusal);
        return error;
    }

    private static string Text(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
