using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sensing.Configuration;

/// <summary>Turns JSON into an options record and finds every mistake on the way, each with its path.</summary>
public sealed class OptionsBinder(IComponentCatalogue components)
{
    private const string PresetKey = "preset";

    /// <summary>Binds <paramref name="root"/>; unknown keys, wrong types, values out of range and broken rules are all named.</summary>
    public ConfigurationResult<T> Bind<T>(JsonObject root)
        where T : class, new()
    {
        var problems = new List<ConfigurationProblem>();
        var copy = (JsonObject)root.DeepClone();
        copy.Remove("$schema");
        object value = BindRecord(Start(typeof(T), copy), copy, "", problems);
        return new ConfigurationResult<T>(problems.Count == 0 ? (T)value : null, problems);
    }

    /// <summary>A new record to bind into: the preset that the JSON names, else the defaults.</summary>
    private static object Start(Type type, JsonObject json)
    {
        object record = OptionsRecord.Create(type);
        return record is IPresetOptions choice && json[PresetKey] is JsonValue word && word.TryGetValue(out string? name)
            && choice.Presets.TryGetValue(name, out object? preset) ? OptionsRecord.Clone(preset) : record;
    }

    /// <summary>Writes into <paramref name="record"/> what the JSON gives; the rest stays as it is.</summary>
    private object BindRecord(object record, JsonObject json, string path, List<ConfigurationProblem> problems)
    {
        IReadOnlyList<OptionProperty> options = OptionProperty.Of(record.GetType());
        var unused = json.Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        int before = problems.Count;

        // What the component by key takes decides which components by type fit, so it is looked up first.
        ComponentDescription? taker = Taker(options, json);

        // A component by key takes whatever key names a component, so it goes last.
        foreach (OptionProperty option in options.OrderBy(o => o.Component is { ByKey: true }))
        {
            if (option.Component is { ByKey: true } byKey)
            {
                BindByKey(option, byKey, record, json, path, unused, problems);
            }
            else if (unused.Remove(option.Name))
            {
                object? value = BindValue(option, option.Property.GetValue(record), json[option.Name], Join(path, option.Name), taker, problems);
                if (value is not null || option.AllowsNull)
                {
                    option.Property.SetValue(record, value);
                }
            }
            else if (option.Option is { Required: true } || option.Component is not null)
            {
                problems.Add(new ConfigurationProblem(Join(path, option.Name), "is missing"));
            }
        }

        foreach (string key in unused.Order(StringComparer.Ordinal))
        {
            problems.Add(new ConfigurationProblem(Join(path, key), "is not known here" + Suggest(key, Known(options))));
        }

        if (problems.Count == before && record is ICheckedOptions checks)
        {
            problems.AddRange(checks.Check().Select(p => p with { Path = Join(path, p.Path) }));
        }

        return record;
    }

    private IEnumerable<string> Chosen(ComponentAttribute attribute, IEnumerable<string> keys)
    {
        HashSet<string> words = [.. components.Of(attribute.Kind).Select(c => c.Type)];
        return keys.Where(words.Contains);
    }

    /// <summary>The one component that a key of <paramref name="json"/> names; null where none or several are named.</summary>
    private ComponentDescription? Taker(IReadOnlyList<OptionProperty> options, JsonObject json) =>
        options.Select(o => o.Component).FirstOrDefault(c => c is { ByKey: true }) is { } byKey
        && Chosen(byKey, json.Select(pair => pair.Key)).ToArray() is [var only]
            ? components.Of(byKey.Kind).First(c => c.Type == only)
            : null;

    private void BindByKey(
        OptionProperty option, ComponentAttribute attribute, object record, JsonObject json, string path,
        HashSet<string> unused, List<ConfigurationProblem> problems)
    {
        string[] chosen = [.. Chosen(attribute, unused).Order(StringComparer.Ordinal)];
        if (chosen.Length != 1)
        {
            string words = string.Join(", ", components.Of(attribute.Kind).Select(c => c.Type));
            problems.Add(new ConfigurationProblem(path, chosen.Length == 0
                ? $"names no {attribute.Kind}: add one of these keys with its options: {words}"
                : $"names {chosen.Length} of {attribute.Kind} ({string.Join(", ", chosen)}): keep one"));
            unused.ExceptWith(chosen);
            return;
        }

        unused.Remove(chosen[0]);
        ComponentDescription component = components.Of(attribute.Kind).First(c => c.Type == chosen[0]);
        if (Expect<JsonObject>(json[chosen[0]], Join(path, chosen[0]), "an object", problems) is { } holder)
        {
            option.Property.SetValue(record, new ComponentChoice(
                component.Type, BindRecord(Start(component.OptionsType, holder), holder, Join(path, chosen[0]), problems)));
        }
    }

    private object? BindValue(
        OptionProperty option, object? current, JsonNode? json, string path, ComponentDescription? taker, List<ConfigurationProblem> problems)
    {
        if (json is null)
        {
            if (!option.AllowsNull)
            {
                problems.Add(new ConfigurationProblem(path, "must not be null"));
            }

            return null;
        }

        if (option.Component is { } component)
        {
            return BindByType(component, json, path, taker, problems);
        }

        if (option.ItemType is not { } itemType)
        {
            return BindSingle(option.ValueType, option.Option!, current, json, path, problems);
        }

        if (Expect<JsonArray>(json, path, "an array", problems) is not { } items)
        {
            return null;
        }

        Check(option.Option!, items.Count, path, "items", problems);
        var array = Array.CreateInstanceFromArrayType(option.ValueType, items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            string itemPath = $"{path}[{i}]";
            object? item = items[i] is { } node
                ? OptionProperty.IsOptionsRecord(itemType)
                    ? Expect<JsonObject>(node, itemPath, "an object", problems) is { } holder ? BindRecord(Start(itemType, holder), holder, itemPath, problems) : null
                    : BindScalar(itemType, node, itemPath, problems)
                : null;
            if (items[i] is null)
            {
                problems.Add(new ConfigurationProblem(itemPath, "must not be null"));
            }

            if (item is not null)
            {
                array.SetValue(item, i);
            }
        }

        return array;
    }

    private ComponentChoice? BindByType(
        ComponentAttribute attribute, JsonNode json, string path, ComponentDescription? taker, List<ConfigurationProblem> problems)
    {
        if (Expect<JsonObject>(json, path, "an object with 'type'", problems) is not { } holder)
        {
            return null;
        }

        IReadOnlyList<ComponentDescription> known = components.Of(attribute.Kind);
        string[] words = [.. known.Where(c => taker is null || c.SampleType == taker.SampleType).Select(c => c.Type).Distinct()];
        if (holder["type"] is not JsonValue value || !value.TryGetValue(out string? type))
        {
            problems.Add(new ConfigurationProblem(Join(path, "type"), $"is missing: choose one of {string.Join(", ", words)}"));
            return null;
        }

        ComponentDescription[] ofType = [.. known.Where(c => c.Type == type)];
        if (ofType.Length == 0)
        {
            problems.Add(new ConfigurationProblem(
                Join(path, "type"), $"unknown {attribute.Kind} '{type}'{Suggest(type, words)} (known: {string.Join(", ", words)})"));
            return null;
        }

        ComponentDescription? component = Array.Find(ofType, c => c.SampleType == taker?.SampleType);
        if (component is null && taker is not null)
        {
            problems.Add(new ConfigurationProblem(
                Join(path, "type"),
                $"a '{type}' {attribute.Kind} does not yield what the '{taker.Type}' {taker.Kind} takes ({attribute.Kind}s that do: {string.Join(", ", words)})"));
        }
        else if (component is null && ofType.Length > 1)
        {
            // Which of them is meant depends on a key that is missing, which is reported.
            return null;
        }

        // The options of one that does not fit are checked all the same.
        component ??= ofType[0];
        var rest = (JsonObject)holder.DeepClone();
        rest.Remove("type");
        return new ComponentChoice(component.Type, BindRecord(Start(component.OptionsType, rest), rest, path, problems));
    }

    private object? BindSingle(Type type, OptionAttribute option, object? current, JsonNode json, string path, List<ConfigurationProblem> problems)
    {
        if (OptionProperty.IsOptionsRecord(type))
        {
            return Expect<JsonObject>(json, path, "an object", problems) is { } holder
                ? BindRecord(current is null || holder.ContainsKey(PresetKey) ? Start(type, holder) : OptionsRecord.Clone(current), holder, path, problems)
                : null;
        }

        object? value = BindScalar(type, json, path, problems);
        switch (value)
        {
            case string text:
                Check(option, text.Length, path, "characters", problems);
                if (option.Pattern is { } pattern && !Regex.IsMatch(text, $"^(?:{pattern})\\z", RegexOptions.CultureInvariant))
                {
                    problems.Add(new ConfigurationProblem(path, $"'{text}' must be {option.PatternMeaning ?? $"of the form {pattern}"}"));
                }

                break;
            case int or long or double:
                Check(option, Convert.ToDouble(value, CultureInfo.InvariantCulture), path, null, problems);
                break;
        }

        return value;
    }

    private static object? BindScalar(Type type, JsonNode json, string path, List<ConfigurationProblem> problems)
    {
        (object? value, string expected) = json is JsonValue scalar
            ? type switch
            {
                _ when type == typeof(string) => (scalar.TryGetValue(out string? s) ? s : null, "a text"),
                _ when type == typeof(bool) => (scalar.TryGetValue(out bool b) ? b : null, "true or false"),
                _ when type == typeof(int) => (scalar.TryGetValue(out int i) ? i : null, "a whole number"),
                _ when type == typeof(long) => (scalar.TryGetValue(out long l) ? l : null, "a whole number"),
                _ when type == typeof(double) => (scalar.TryGetValue(out double d) ? d : (object?)null, "a number"),
                _ when type.IsEnum => (EnumValue(type, scalar), "one of " + string.Join(", ", EnumWords(type))),
                _ => throw new InvalidOperationException($"Options cannot be of type {type}."),
            }
            : (null, type == typeof(string) ? "a text" : "a single value");
        if (value is null)
        {
            string remedy = type == typeof(string) && json.GetValueKind() == JsonValueKind.Number ? $": write \"{Shown(json)}\"" : "";
            problems.Add(new ConfigurationProblem(path, $"must be {expected}, not {Shown(json)}{remedy}"));
        }

        return value;
    }

    /// <summary>The words of an enum in JSON: its names in camelCase.</summary>
    internal static IEnumerable<string> EnumWords(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    private static object? EnumValue(Type type, JsonValue json) =>
        json.TryGetValue(out string? word) && Enum.GetNames(type).FirstOrDefault(n => JsonNamingPolicy.CamelCase.ConvertName(n) == word) is { } name
            ? Enum.Parse(type, name)
            : null;

    private static void Check(OptionAttribute option, double value, string path, string? counted, List<ConfigurationProblem> problems)
    {
        string shown = value.ToString("R", CultureInfo.InvariantCulture) + (counted is null ? "" : " " + counted);
        string of = counted is null ? "" : $" {counted}";
        if (value < option.Min || value > option.Max)
        {
            string range = double.IsInfinity(option.Max) ? $"at least {option.Min:R}{of}"
                : double.IsInfinity(option.Min) ? $"at most {option.Max:R}{of}"
                : $"between {option.Min:R} and {option.Max:R}{of}";
            problems.Add(new ConfigurationProblem(path, $"must be {range}, not {shown}"));
        }
        else if (value <= option.Above)
        {
            problems.Add(new ConfigurationProblem(path, $"must be above {option.Above:R}{of}, not {shown}"));
        }
    }

    private static T? Expect<T>(JsonNode? json, string path, string what, List<ConfigurationProblem> problems)
        where T : JsonNode
    {
        if (json is T typed)
        {
            return typed;
        }

        problems.Add(new ConfigurationProblem(path, $"must be {what}, not {Shown(json)}"));
        return null;
    }

    private static string Shown(JsonNode? json) => json switch
    {
        null => "null",
        JsonObject => "an object",
        JsonArray => "an array",
        _ => json.ToJsonString(),
    };

    private static string Join(string path, string name) =>
        path.Length == 0 ? name : name.Length == 0 ? path : name.StartsWith('[') ? path + name : $"{path}.{name}";

    private IEnumerable<string> Known(IReadOnlyList<OptionProperty> options) => options.SelectMany(o =>
        o.Component is { ByKey: true } byKey ? components.Of(byKey.Kind).Select(c => c.Type).Distinct() : [o.Name]);

    private static string Suggest(string word, IEnumerable<string> known)
    {
        (string Word, int Distance)[] near = [.. known.Select(k => (k, Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Item2 <= Math.Max(2, word.Length / 3)).OrderBy(k => k.Item2).Take(1)];
        return near.Length == 0 ? "" : $"; did you mean '{near[0].Word}'?";
    }

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[b.Length];
    }
}
