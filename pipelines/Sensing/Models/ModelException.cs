namespace Sensing.Models;

/// <summary>A model that cannot be had: names store, model, problem and remedy.</summary>
public sealed class ModelException : Exception
{
    /// <param name="store">The store: a folder, a package.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="inner">The cause.</param>
    public ModelException(string store, string problem, string remedy, Exception? inner = null)
        : base($"{store}: {problem} {remedy}", inner)
    {
    }
}
