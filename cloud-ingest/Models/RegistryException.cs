namespace Sensing.CloudIngest.Models;

/// <summary>The registry cannot do what was asked: says what is wrong and what to do.</summary>
public sealed class RegistryException : Exception
{
    public RegistryException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
