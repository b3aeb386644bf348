using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensing.Configuration;

/// <summary>The JSON Schema (2020-12) of an options record.</summary>
public sealed class ConfigurationSchema(IComponentCatalogue components)
{
    /// <summary>The schema of <typeparamref name="T"/>: types, ranges, defaults and descriptions; unknown keys refused.</summary>
    /// <param name="title">Title of the file.</param>
    public JsonObject Of<T>(string title)
        where T : class, new()
    {
        JsonObject schema = Record(typeof(T), null);
        ((JsonObject)schema["properties"]!).Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        schema.Insert(0, "title", title);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema;
    }

    private JsonObject Record(Type type, string? discriminator)
    {
        object defaults = Activator.CreateInstance(type)!;
        var properties = new JsonObject();
        var required = new JsonArray();
        var byKey = new List<ComponentDescription>();
        var byType = new List<(string Name, ComponentAttribute Attribute)>();
        if (discriminator is not null)
        {
            // One word as an enumeration, not as "const": editors and validators of older drafts know it too.
            properties["type"] = new JsonObject { ["enum"] = new JsonArray(discriminator) };
            required.Add("type");
        }

        foreach (OptionProperty option in OptionProperty.Of(type))
        {
            if (option.Component is { ByKey: true } keyed)
            {
                foreach (ComponentDescription component in components.Of(keyed.Kind))
                {
                    JsonObject value = Record(component.OptionsType, null);
                    value.Insert(0, "description", component.Summary);
                    properties[component.Type] = value;
                    byKey.Add(component);
                }

                continue;
            }

            if (option.Component is { } choice)
            {
                byType.Add((option.Name, choice));
                properties[option.Name] = new JsonObject { ["description"] = choice.Description };
            }
            else
            {
                properties[option.Name] = Value(option, option.Property.GetValue(defaults));
            }

            if (option.Component is not null || option.Option is { Required: true })
            {
                required.Add(option.Name);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        if (byKey.Count > 0)
        {
            schema["oneOf"] = new JsonArray([.. byKey.Select(component => Chosen(component, byType))]);
        }
        else
        {
            foreach ((string name, ComponentAttribute attribute) in byType)
            {
                properties[name]!["oneOf"] = Choice(components.Of(attribute.Kind));
            }
        }

        return schema;
    }

    /// <summary>What holds where the key of <paramref name="component"/> is there: of the components by type, those for its samples.</summary>
    private JsonObject Chosen(ComponentDescription component, List<(string Name, ComponentAttribute Attribute)> byType)
    {
        var schema = new JsonObject { ["required"] = new JsonArray(component.Type) };
        if (byType.Count > 0)
        {
            schema["properties"] = new JsonObject(byType.Select(choice => KeyValuePair.Create<string, JsonNode?>(choice.Name, new JsonObject
            {
                ["oneOf"] = Choice(components.Of(choice.Attribute.Kind).Where(c => c.SampleType == component.SampleType)),
            })));
        }

        return schema;
    }

    private JsonArray Choice(IEnumerable<ComponentDescription> choices) => new([.. choices.Select(component =>
    {
        JsonObject value = Record(component.OptionsType, component.Type);
        value.Insert(0, "description", component.Summary);
        return value;
    })]);

    private JsonObject Value(OptionProperty option, object? initial)
    {
        OptionAttribute attribute = option.Option!;
        JsonObject schema = option.ItemType is { } item
            ? new JsonObject { ["type"] = "array", ["items"] = Single(item) }
            : Single(option.ValueType);
        if (option.AllowsNull && schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }

        bool array = option.ItemType is not null;
        bool text = option.ValueType == typeof(string);
        Limit(array ? "minItems" : text ? "minLength" : "minimum", attribute.Min);
        Limit(array ? "maxItems" : text ? "maxLength" : "maximum", attribute.Max);
        Limit("exclusiveMinimum", attribute.Above);
        if (attribute.Pattern is { } pattern)
        {
            schema["pattern"] = $"^(?:{pattern})$";
        }

        schema.Insert(0, "description", attribute.Description);
        if (Default(initial) is { } value && !attribute.Required)
        {
            schema["default"] = value;
        }

        return schema;

        void Limit(string keyword, double limit)
        {
            if (double.IsFinite(limit))
            {
                schema[keyword] = limit;
            }
        }
    }

    private JsonObject Single(Type type) => type switch
    {
        _ when type == typeof(string) => new JsonObject { ["type"] = "string" },
        _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ when type == typeof(int) || type == typeof(long) => new JsonObject { ["type"] = "integer" },
        _ when type == typeof(double) => new JsonObject { ["type"] = "number" },
        _ when type.IsEnum => new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. OptionsBinder.EnumWords(type).Select(word => JsonValue.Create(word))]),
        },
        _ => Record(type, null),
    };

    /// <summary>A scalar default as JSON; null where there is none to show.</summary>
    internal static JsonNode? Default(object? initial) => initial switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        Enum word => JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(word.ToString())),
        Array array when array.Length == 0 || !OptionProperty.IsOptionsRecord(array.GetType().GetElementType()!) =>
            new JsonArray([.. array.Cast<object>().Select(Default)]),
        _ => null,
    };
}
