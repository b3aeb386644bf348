using System.Buffers.Binary;
using Sensing.Vision.Frames;

namespace Sensing.TrafficCamera.Sirens;

/// <summary>Reads a WAV file of 8, 16, 24 or 32 bits or 32-bit floating point; the channels are averaged.</summary>
public static class WaveFile
{
    /// <exception cref="InvalidDataException">The file is not such a WAV file.</exception>
    public static Sound Read(string path)
    {
        ReadOnlySpan<byte> file = File.ReadAllBytes(path);
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException($"{path} is not a WAV file: convert it, for example with ffmpeg -i FILE out.wav.");
        }

        int format = 0, channels = 0, rate = 0, bits = 0;
        ReadOnlySpan<byte> rest = file[12..];
        while (rest.Length >= 8)
        {
            ReadOnlySpan<byte> name = rest[..4];
            // A file that was cut off, or written to a pipe, claims more than there is.
            int length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), rest.Length - 8);
            ReadOnlySpan<byte> chunk = rest.Slice(8, length);
            if (name.SequenceEqual("fmt "u8) && length >= 16)
            {
                format = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
                channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]);
                bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
                // WAVE_FORMAT_EXTENSIBLE holds the format in its first two bytes of the sub-format.
                format = format == 0xFFFE && length >= 26 ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]) : format;
            }
            else if (name.SequenceEqual("data"u8))
            {
                bool known = (format == 1 && bits is 8 or 16 or 24 or 32) || (format == 3 && bits == 32);
                return !known || channels is < 1 or > 64 || rate < 1
                    ? throw new InvalidDataException(
                        $"{path}: format {format} with {bits} bits is not supported: convert it, for example with ffmpeg -i FILE -c:a pcm_s16le out.wav.")
                    : new Sound(Samples(chunk, channels, bits, format == 3), rate);
            }

            rest = rest[Math.Min(8 + length + (length & 1), rest.Length)..];
        }

        throw new InvalidDataException($"{path} has no sound data.");
    }

    private static short[] Samples(ReadOnlySpan<byte> data, int channels, int bits, bool isFloat)
    {
        int width = bits / 8;
        short[] samples = new short[data.Length / (width * channels)];
        for (int i = 0; i < samples.Length; i++)
        {
            double sum = 0;
            for (int c = 0; c < channels; c++)
            {
                ReadOnlySpan<byte> at = data.Slice(((i * channels) + c) * width, width);
                sum += bits switch
                {
                    8 => (at[0] - 128) * 256.0,
                    16 => BinaryPrimitives.ReadInt16LittleEndian(at),
                    24 => ((at[2] << 24) | (at[1] << 16) | (at[0] << 8)) / 65536.0,
                    _ => isFloat ? BinaryPrimitives.ReadSingleLittleEndian(at) * 32768.0 : BinaryPrimitives.ReadInt32LittleEndian(at) / 65536.0,
                };
            }

            samples[i] = (short)Math.Clamp(Math.Round(sum / channels), short.MinValue, short.MaxValue);
        }

        return samples;
    }
}
