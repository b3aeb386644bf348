using System.Reflection;
using System.Text.Json;

namespace Sensing.Configuration;

/// <summary>One property of an options record, as binder, schema and reference see it.</summary>
internal sealed class OptionProperty
{
    private OptionProperty(PropertyInfo property, OptionAttribute? option, ComponentAttribute? component)
    {
        Property = property;
        Option = option;
        Component = component;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
        ValueType = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        AllowsNull = Nullable.GetUnderlyingType(property.PropertyType) is not null
            || (!property.PropertyType.IsValueType
                && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable);
    }

    public PropertyInfo Property { get; }

    public OptionAttribute? Option { get; }

    public ComponentAttribute? Component { get; }

    /// <summary>Key in JSON.</summary>
    public string Name { get; }

    public Type ValueType { get; }

    public bool AllowsNull { get; }

    public bool IsRecord => IsOptionsRecord(ValueType);

    /// <summary>Type of an array's items; null where this is no array.</summary>
    public Type? ItemType => ValueType.IsArray ? ValueType.GetElementType() : null;

    public static bool IsOptionsRecord(Type type) => type.IsClass && type != typeof(string) && !type.IsArray && type != typeof(ComponentChoice);

    /// <summary>The options of <paramref name="type"/>, in the order of their declaration; those of its base record last.</summary>
    /// <exception cref="InvalidOperationException">A settable property lacks its <see cref="OptionAttribute"/>.</exception>
    public static IReadOnlyList<OptionProperty> Of(Type type)
    {
        var list = new List<OptionProperty>();
        foreach (PropertyInfo property in OptionsRecord.Properties(type))
        {
            if (property.SetMethod is null)
            {
                continue;
            }

            var option = property.GetCustomAttribute<OptionAttribute>();
            var component = property.GetCustomAttribute<ComponentAttribute>();
            if (option is null && component is null)
            {
                throw new InvalidOperationException($"{type.Name}.{property.Name} has no [Option]: describe it or make it read-only.");
            }

            list.Add(new OptionProperty(property, option, component));
        }

        // Reflection promises no order, and ahead-of-time compiled programs have no metadata tokens to sort by.
        return [.. list.OrderByDescending(option => Depth(option.Property.DeclaringType!)).ThenBy(option => option.Line)];
    }

    private int Line => Option?.Line ?? Component!.Line;

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
