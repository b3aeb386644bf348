namespace Sensing.Benchmarks.Camera;

/// <summary>A vehicle that the pipeline counted.</summary>
/// <param name="Line">Name of the line; "wrong way" where none has its direction.</param>
/// <param name="Frame">When, in frames.</param>
/// <param name="Lane">Its lane, from 1.</param>
/// <param name="Class">Its class, as truth files name it.</param>
/// <param name="SpeedKmh">Its speed.</param>
internal sealed record CountedCrossing(string Line, double Frame, int Lane, string Class, double SpeedKmh);
