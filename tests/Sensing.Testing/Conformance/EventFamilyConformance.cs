using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Sensing.Events;
using Sensing.Events.Node;
using Xunit;

namespace Sensing.Testing.Conformance;

/// <summary>What every event family must do. A family joins with one test that calls <see cref="Check"/>.</summary>
public static partial class EventFamilyConformance
{
    private static readonly Type[] Numbers = [typeof(double), typeof(float), typeof(decimal), typeof(int), typeof(long), typeof(short)];

    /// <summary>Properties of a roll-up beside its measures.</summary>
    private static readonly string[] Taken = ["time", "source", "type", "count"];

    /// <param name="family">The family.</param>
    /// <param name="samples">An event of every type, or more, with every property present in one of them.</param>
    public static void Check(EventFamily family, params SensorEvent[] samples)
    {
        Assert.Matches("^[a-z]{1,32}$", family.Name);
        Assert.False(string.IsNullOrWhiteSpace(family.Title), $"{family.Name} has no title");
        Assert.Equal(family.Types.Count, family.Types.Select(type => type.Name).Distinct().Count());
        Assert.Equal(family.Types.Count, family.Types.Select(type => type.Title).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        foreach (IEventType type in family.Types)
        {
            Assert.False(string.IsNullOrWhiteSpace(type.Title), $"{type.Name} has no title");
            Assert.True(type.Summary.Length > 1 && type.Summary.EndsWith('.'), $"{type.Name}: the summary is not a sentence: '{type.Summary}'");
            Assert.True(type.Retention is null || type.Retention > TimeSpan.Zero, $"{type.Name}: retention is {type.Retention}");
            Assert.NotNull(((JsonObject)type.Payload.GetJsonSchemaAsNode())["properties"]);
            CheckProperties(type.Name.ToString(), type.Payload, []);
            CheckMeasures(type);

            SensorEvent[] own = [.. samples.Where(sample => sample.Type == type.Name)];
            Assert.True(own.Length > 0, $"There is no sample of {type.Name}.");
            CheckSeen(type, own);
            Assert.All(own, sample => CheckSample(family, type, sample));
        }

        Assert.All(samples, sample => Assert.Contains(family.Types, type => type.Name == sample.Type));
    }

    private static void CheckProperties(string path, JsonTypeInfo type, HashSet<Type> seen)
    {
        if (!seen.Add(type.Type))
        {
            return;
        }

        if (type.ElementType is { } element)
        {
            CheckProperties($"{path}[]", type.Options.GetTypeInfo(element), seen);
            return;
        }

        foreach (JsonPropertyInfo property in type.Properties)
        {
            string at = $"{path}: {property.Name}";
            Assert.True(CamelCase().IsMatch(property.Name), $"{at} is not in camelCase");
            Assert.True(
                property.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute { Description.Length: > 0 }, ..],
                $"{at} has no [Description]");
            Assert.True(
                ((property.NumberHandling ?? type.Options.NumberHandling) & JsonNumberHandling.AllowNamedFloatingPointLiterals) == 0,
                $"{at} lets NaN and infinity through");
            CheckProperties(at, type.Options.GetTypeInfo(property.PropertyType), seen);
        }
    }

    private static void CheckMeasures(IEventType type)
    {
        Assert.Equal(type.Measures.Count, type.Measures.Select(measure => measure.Property).Distinct().Count());
        foreach (EventMeasure measure in type.Measures)
        {
            JsonPropertyInfo? property = type.Payload.Properties.FirstOrDefault(property => property.Name == measure.Property);
            Assert.True(property is not null, $"{type.Name} has no property '{measure.Property}' at its top level");
            Type of = Nullable.GetUnderlyingType(property!.PropertyType) ?? property.PropertyType;
            Assert.True(Numbers.Contains(of), $"{type.Name}: the measure '{measure.Property}' is a {of.Name}, not a number");
            Assert.DoesNotContain(measure.Property, Taken);
            Assert.False(string.IsNullOrWhiteSpace(measure.Title), $"{type.Name}: the measure '{measure.Property}' has no title");
            Assert.False(string.IsNullOrWhiteSpace(measure.Unit), $"{type.Name}: the measure '{measure.Property}' has no unit");
        }
    }

    /// <summary>Without a sample that has it, nothing is known of a property.</summary>
    private static void CheckSeen(IEventType type, SensorEvent[] samples)
    {
        HashSet<string> seen = [.. samples.SelectMany(sample => JsonNode.Parse(sample.Data.Span)!.AsObject().Select(property => property.Key))];
        Assert.All(type.Payload.Properties, property => Assert.True(seen.Contains(property.Name), $"No sample of {type.Name} has '{property.Name}'."));
    }

    private static void CheckSample(EventFamily family, IEventType type, SensorEvent sample)
    {
        Assert.Equal(type.Priority, sample.Priority);
        object read = JsonSerializer.Deserialize(sample.Data.Span, type.Payload)!;
        Assert.Equal(sample.Data.ToArray(), JsonSerializer.SerializeToUtf8Bytes(read, type.Payload));

        EventCatalogue catalogue = family.Name == NodeEvents.Family.Name ? EventCatalogue.NodeOnly : new EventCatalogue(family);
        Assert.True(CloudEventJson.TryRead(CloudEventJson.Write(sample), catalogue, out SensorEvent? again, out string? problem), problem);
        Assert.Equal(sample, again);

        foreach ((string name, JsonNode? value) in JsonNode.Parse(sample.Data.Span)!.AsObject())
        {
            if (value?.GetValueKind() == JsonValueKind.Number)
            {
                JsonObject wrong = JsonNode.Parse(sample.Data.Span)!.AsObject();
                wrong[name] = "NaN";
                Assert.Throws<JsonException>(() => wrong.Deserialize(type.Payload));
            }
        }
    }

    [GeneratedRegex("^[a-z][a-zA-Z0-9]*$")]
    private static partial Regex CamelCase();
}
