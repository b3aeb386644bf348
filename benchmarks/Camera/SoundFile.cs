using System.Diagnostics;
using System.Runtime.InteropServices;
using Sensing.TrafficCamera.Sirens;
using Sensing.Vision.Frames;

namespace Sensing.Benchmarks.Camera;

/// <summary>Sound of a file: WAV directly, everything else (MP3, videos, …) through ffmpeg.</summary>
internal static class SoundFile
{
    /// <exception cref="MeasureException">The file has no sound that can be read.</exception>
    public static Sound Read(string path)
    {
        if (Path.GetExtension(path).Equals(".wav", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                return WaveFile.Read(path);
            }
            catch (InvalidDataException)
            {
                // A WAV file of another coding: ffmpeg may know it.
            }
        }

        return TryDecode(path) ?? throw new MeasureException($"{path}: ffmpeg finds no sound in it.");
    }

    /// <summary>The sound track; null: none.</summary>
    /// <exception cref="MeasureException">ffmpeg is not installed.</exception>
    public static Sound? TryDecode(string path)
    {
        ProcessStartInfo start = new("ffmpeg")
        {
            ArgumentList = { "-v", "error", "-nostdin", "-i", path, "-vn", "-ac", "1", "-ar", "16000", "-f", "s16le", "-" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            using MemoryStream bytes = new();
            process.StandardOutput.BaseStream.CopyTo(bytes);
            process.WaitForExit();
            short[] samples = MemoryMarshal.Cast<byte, short>(bytes.GetBuffer().AsSpan(0, (int)bytes.Length & ~1)).ToArray();
            return samples.Length == 0 ? null : new Sound(samples, 16_000);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MeasureException("ffmpeg is not installed: apt-get install ffmpeg.");
        }
    }
}
