using System.Globalization;
using Sensing.Effects;

namespace Sensing.EdgeNode.Streams;

/// <summary>The file that keeps a stream's completions, across restarts.</summary>
internal static class EffectRecordingFile
{
    /// <summary>Opens the file for a stream that resumes after so many completions.</summary>
    /// <param name="path">The file. One of an earlier run of the stream from its beginning is renamed, not overwritten.</param>
    /// <param name="pipeline">The stream's pipeline.</param>
    /// <param name="resumes">The stream resumes from a checkpoint.</param>
    /// <param name="completions">Completions before the checkpoint. Later ones in the file belong to what is done again, and are cut off.</param>
    /// <param name="time">Clock for the name of an earlier recording.</param>
    /// <exception cref="EffectRecordingException">The file does not hold the completions before the checkpoint.</exception>
    public static EffectRecorder Open(string path, string pipeline, bool resumes, long completions, TimeProvider time)
    {
        bool exists = File.Exists(path);
        if (!resumes && exists)
        {
            string stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
            File.Move(path, $"{path}.{stamp}");
        }

        if (!resumes || (completions == 0 && !exists))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new EffectRecorder(Writer(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read)), pipeline);
        }

        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            if (!SeekAfter(file, completions + 1))
            {
                throw new EffectRecordingException(path, null, $"The file does not hold the {completions} completions before the stream's checkpoint.",
                    "Delete the stream's checkpoint to record from the beginning.");
            }

            file.SetLength(file.Position);
            return new EffectRecorder(Writer(file), pipeline, appends: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Each line is with the operating system before its events are committed.</summary>
    private static StreamWriter Writer(FileStream file) => new(file) { AutoFlush = true };

    /// <returns>False where the file has fewer lines.</returns>
    private static bool SeekAfter(FileStream file, long lines)
    {
        var reader = new BufferedStream(file);
        long position = 0;
        while (lines > 0)
        {
            int next = reader.ReadByte();
            if (next < 0)
            {
                return false;
            }

            position++;
            lines -= next == '\n' ? 1 : 0;
        }

        file.Position = position;
        return true;
    }
}
