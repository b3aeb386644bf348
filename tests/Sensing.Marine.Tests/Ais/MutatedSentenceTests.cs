using Sensing.Marine.Ais;
using Sensing.Marine.Nmea;
using Sensing.Marine.Tests.Nmea;

namespace Sensing.Marine.Tests.Ais;

public sealed class MutatedSentenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Half of them get a new checksum: what is behind it is reached too.</summary>
    [Fact]
    public void A_million_mutated_sentences_are_decoded_or_refused_and_none_throws()
    {
        byte[][] seeds =
        [
            .. new[]
            {
                "!AIVDM,1,1,,A,13aI8e?P00PGpU:NR6s00?vT2000,0*6B",
                "\\g:1-2-73874,n:157036,c:1241544035*4A\\!AIVDM,1,1,,B,B5MiOp0006g4up6:EV403wr5oP06,0*38",
                "!AIVDM,1,1,,A,H42O0U4Ui3hhhlmI=mmhl000H060,0*2E",
                "$GPRMC,195726,A,5310.8115,N,00525.7024,E,0.0,0.0,160414,0.7,E,A*1D",
            }.Concat(AisEncoding.Voyage(1, "ALPHA", "BRAVO").Sentences()).Select(Sentences.Bytes),
        ];
        var random = new Random(7);
        var receiver = new AisReceiver();
        byte[] line = new byte[256];
        int decoded = 0, refused = 0;
        for (int i = 0; i < 1_000_000; i++)
        {
            int length = Mutate(seeds[random.Next(seeds.Length)], line, random);
            if (NmeaSentence.Read(line.AsSpan(0, length), out NmeaSentence sentence) == NmeaRefusal.None && sentence.IsAis)
            {
                AisOutcome outcome = receiver.Take(in sentence, Start.AddMilliseconds(10 * i));
                decoded += outcome == AisOutcome.Message ? 1 : 0;
                refused += outcome == AisOutcome.Refused ? 1 : 0;
            }
        }

        // The mutations reach both sides.
        Assert.True(decoded > 10_000 && refused > 10_000, $"{decoded} decoded, {refused} refused");
    }

    private static int Mutate(byte[] seed, byte[] line, Random random)
    {
        seed.CopyTo(line, 0);
        int length = seed.Length;
        for (int change = random.Next(4); change >= 0; change--)
        {
            int at = random.Next(length);
            switch (random.Next(4))
            {
                case 0:
                    line[at] = (byte)random.Next(256);
                    break;
                case 1:
                    line[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2 when length > 1:
                    line.AsSpan(at + 1, length - at - 1).CopyTo(line.AsSpan(at));
                    length--;
                    break;
                default:
                    line.AsSpan(at, length - at).CopyTo(line.AsSpan(at + 1));
                    length++;
                    break;
            }
        }

        int star = line.AsSpan(0, length).LastIndexOf((byte)'*'), begin = line.AsSpan(0, length).LastIndexOfAny((byte)'!', (byte)'$');
        if (random.Next(2) == 0 && begin >= 0 && star > begin && star + 2 < length)
        {
            byte sum = 0;
            foreach (byte character in line.AsSpan((begin + 1)..star))
            {
                sum ^= character;
            }

            sum.TryFormat(line.AsSpan(star + 1), out _, "X2");
        }

        return length;
    }
}
