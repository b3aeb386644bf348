namespace Sensing.Marine.Impacts.Learning;

/// <summary>A file of labelled windows that cannot be read: names file, line, problem and remedy.</summary>
public sealed class WindowFileException(string file, string problem, string remedy, Exception? inner = null) : Exception($"{file}: {problem} {remedy}", inner);
