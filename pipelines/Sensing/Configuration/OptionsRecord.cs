using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Sensing.Configuration;

/// <summary>Reflection over options records, in one place.</summary>
/// <remarks>A program that is published trimmed keeps the assemblies that declare options records whole
/// (<c>TrimmerRootAssembly</c> in its project), since records contain records that no annotation reaches.</remarks>
internal static class OptionsRecord
{
    private const string KeptWhole = "Assemblies that declare options records are roots of the trimmer.";

    /// <summary>A record with its defaults.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = KeptWhole)]
    public static object Create(Type type) => Activator.CreateInstance(type)!;

    /// <summary>A copy, so that binding never writes into a record that others share.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = KeptWhole)]
    public static object Clone(object record) => record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = KeptWhole)]
    public static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>The type, then its base types, without <see cref="object"/>.</summary>
    public static IEnumerable<Type> Levels(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            yield return level;
        }
    }

    /// <summary>The properties that a record's constructor sets, in its order; null where there is no such constructor.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = KeptWhole)]
    public static IReadOnlyList<PropertyInfo>? Positional(Type type)
    {
        foreach (ConstructorInfo constructor in type.GetConstructors())
        {
            PropertyInfo?[] properties = [.. constructor.GetParameters().Select(parameter => type.GetProperty(parameter.Name!))];
            if (properties.Length > 0 && Array.TrueForAll(properties, property => property is not null))
            {
                return properties!;
            }
        }

        return null;
    }
}
