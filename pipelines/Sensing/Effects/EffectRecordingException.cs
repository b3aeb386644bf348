namespace Sensing.Effects;

/// <summary>A recording of completions that cannot be read, or that belongs to another run: names file, line and remedy.</summary>
public sealed class EffectRecordingException : Exception
{
    /// <param name="recording">File.</param>
    /// <param name="line">Line in it, from 1; null for the whole.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="inner">The cause.</param>
    public EffectRecordingException(string recording, int? line, string problem, string remedy, Exception? inner = null)
        : base($"{recording}{(line is null ? "" : $", line {line}")}: {problem} {remedy}", inner)
    {
    }
}
