using System.Runtime.CompilerServices;

namespace Sensing.Configuration;

/// <summary>A property of type <see cref="ComponentChoice"/> whose options record depends on the chosen component.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ComponentAttribute(string kind, string description, [CallerLineNumber] int line = 0) : Attribute
{
    public string Kind { get; } = kind;

    public string Description { get; } = description;

    /// <inheritdoc cref="OptionAttribute.Line"/>
    public int Line { get; } = line;

    /// <summary>False: the value is an object whose <c>type</c> chooses. True: there is no key of the property's own name;
    /// the component's word is itself the key, and the value holds its options.</summary>
    public bool ByKey { get; init; }
}
