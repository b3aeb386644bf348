using System.Runtime.CompilerServices;

namespace Sensing.Configuration;

/// <summary>Describes an option: the one place that validation, JSON schema and reference are made from.</summary>
/// <remarks>The default is the property's initial value. Property types: string, bool, int, long, double, enum, nullable
/// ones of these, another options record, and arrays of these. JSON names are the property names in camelCase.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string description, [CallerLineNumber] int line = 0) : Attribute
{
    /// <summary>What it does and what happens at its limit.</summary>
    public string Description { get; } = description;

    /// <summary>Line of the attribute in its file: options are listed in this order. The compiler fills it in.</summary>
    public int Line { get; } = line;

    /// <summary>Must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Smallest value, or smallest length of a text or an array.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>Largest value, or largest length of a text or an array.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>The value must be larger than this.</summary>
    public double Above { get; init; } = double.NegativeInfinity;

    /// <summary>Regular expression that the whole text must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>Says in words what <see cref="Pattern"/> asks for.</summary>
    public string? PatternMeaning { get; init; }

    /// <summary>An example for the reference, as JSON.</summary>
    public string? Example { get; init; }
}
