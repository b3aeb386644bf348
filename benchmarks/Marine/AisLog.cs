using Sensing.Marine.Ais;
using Sensing.Marine.Nmea;

namespace Sensing.Benchmarks.Marine;

/// <summary>A log as lines in memory, and what decoding them yields.</summary>
internal sealed class AisLog
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] _text;
    private readonly List<Range> _lines = [];

    public AisLog(string path)
    {
        _text = File.ReadAllBytes(path);
        for (int begin = 0; begin < _text.Length;)
        {
            int length = _text.AsSpan(begin).IndexOf((byte)'\n');
            int end = length < 0 ? _text.Length : begin + length;
            _lines.Add(begin..end);
            begin = end + 1;
        }
    }

    /// <summary>AIS sentences whose checksum is right.</summary>
    public int Sentences { get; private set; }

    public SortedDictionary<string, int> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Decodes every line, and gives each message with the number of its last line.</summary>
    public void Decode(Action<AisMessage, int> message)
    {
        var receiver = new AisReceiver();
        Sentences = 0;
        Refused.Clear();
        for (int number = 1; number <= _lines.Count; number++)
        {
            NmeaRefusal refusal = NmeaSentence.Read(_text.AsSpan(_lines[number - 1]), out NmeaSentence sentence);
            Refuse(refusal, 1);
            if (refusal != NmeaRefusal.None || !sentence.IsAis)
            {
                continue;
            }

            Sentences++;
            switch (receiver.Take(in sentence, Start))
            {
                case AisOutcome.Message:
                    message(receiver.Message, number);
                    break;
                case AisOutcome.Refused:
                    Refuse(receiver.Refusal, 1);
                    break;
            }
        }

        receiver.GiveUpAll();
        Refuse(NmeaRefusal.PartsMissing, receiver.PartsGivenUp);
    }

    /// <summary>Decodes every line and counts messages, as fast as it goes.</summary>
    public long DecodeAgain(AisReceiver receiver)
    {
        long messages = 0;
        foreach (Range line in _lines)
        {
            if (NmeaSentence.Read(_text.AsSpan(line), out NmeaSentence sentence) == NmeaRefusal.None && sentence.IsAis
                && receiver.Take(in sentence, Start) == AisOutcome.Message)
            {
                messages++;
            }
        }

        return messages;
    }

    private void Refuse(NmeaRefusal reason, int count)
    {
        if (reason != NmeaRefusal.None && count > 0)
        {
            string name = reason.ToString();
            Refused[name] = Refused.GetValueOrDefault(name) + count;
        }
    }
}
