using System.Globalization;
using System.Text;

namespace Sensing.Configuration;

/// <summary>The configuration reference as Markdown, made from the same attributes that validate.</summary>
public sealed class ConfigurationReference(IComponentCatalogue components)
{
    /// <summary>Tables of <typeparamref name="T"/> and of every component it can choose.</summary>
    /// <param name="heading">First heading.</param>
    /// <param name="introduction">Text under it.</param>
    public string Of<T>(string heading, string introduction)
        where T : class, new()
    {
        var text = new StringBuilder();
        text.Append("# ").Append(heading).Append("\n\n").Append(introduction.Trim()).Append('\n');
        var kinds = new List<string>();
        Section(text, "The file", typeof(T), "", kinds);
        for (int i = 0; i < kinds.Count; i++)
        {
            IReadOnlyList<ComponentDescription> all = components.Of(kinds[i]);
            foreach (ComponentDescription component in all)
            {
                text.Append("\n## ").Append(Capital(kinds[i])).Append(" `").Append(component.Type).Append('`');
                if (all.Count(other => other.Type == component.Type) > 1)
                {
                    // The word alone does not say which: the key of what takes its samples does.
                    IEnumerable<string> takers = kinds.SelectMany(components.Of)
                        .Where(taker => taker.Kind != component.Kind && taker.SampleType == component.SampleType).Select(taker => $"`{taker.Type}`");
                    text.Append(" for ").AppendJoin(", ", takers);
                }

                text.Append("\n\n").Append(component.Summary).Append('\n');
                Table(text, component.OptionsType, "", kinds);
            }
        }

        return text.ToString();
    }

    private void Section(StringBuilder text, string title, Type type, string path, List<string> kinds)
    {
        text.Append("\n## ").Append(title).Append('\n');
        Table(text, type, path, kinds);
    }

    private void Table(StringBuilder text, Type type, string path, List<string> kinds)
    {
        var rows = new List<(string Key, string Kind, string Default, string Meaning)>();
        Rows(type, path, rows, kinds);
        if (rows.Count == 0)
        {
            text.Append("\nNo options.\n");
            return;
        }

        text.Append("\n| key | value | default | meaning |\n|---|---|---|---|\n");
        foreach ((string key, string kind, string initial, string meaning) in rows)
        {
            text.Append("| `").Append(key).Append("` | ").Append(kind).Append(" | ").Append(initial).Append(" | ")
                .Append(meaning.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        }

        if (Activator.CreateInstance(type) is IPresetOptions { Presets: { } presets } start)
        {
            PresetTable(text, start, presets, path);
        }
    }

    /// <summary>What each preset sets otherwise than the defaults.</summary>
    private static void PresetTable(StringBuilder text, object defaults, IReadOnlyDictionary<string, object> presets, string path)
    {
        var columns = new List<(string Name, Dictionary<string, string> Values)> { ("none", Values(defaults)) };
        columns.AddRange(presets.Select(p => ($"`{p.Key}`", Values(p.Value))));
        text.Append("\nWhat `preset` sets where it is not given beside it:\n\n| key | ").AppendJoin(" | ", columns.Select(c => c.Name))
            .Append(" |\n|---|").Append(string.Concat(columns.Select(_ => "---|"))).Append('\n');
        foreach (string key in columns[0].Values.Keys.Where(key => columns.Any(c => c.Values[key] != columns[0].Values[key])))
        {
            text.Append("| `").Append(path.Length == 0 ? key : $"{path}.{key}").Append("` | ")
                .AppendJoin(" | ", columns.Select(c => c.Values[key])).Append(" |\n");
        }

        static Dictionary<string, string> Values(object record) => OptionProperty.Of(record.GetType())
            .Where(option => option.Name != "preset")
            .SelectMany(option => option.IsRecord && option.Property.GetValue(record) is { } inner
                ? Values(inner).Select(v => ($"{option.Name}.{v.Key}", v.Value))
                : [(option.Name, ConfigurationSchema.Default(option.Property.GetValue(record)) is { } json ? $"`{json.ToJsonString()}`" : "none")])
            .ToDictionary(v => v.Item1, v => v.Item2);
    }

    private void Rows(Type type, string path, List<(string, string, string, string)> rows, List<string> kinds)
    {
        object defaults = Activator.CreateInstance(type)!;
        foreach (OptionProperty option in OptionProperty.Of(type))
        {
            string key = path.Length == 0 ? option.Name : $"{path}.{option.Name}";
            if (option.Component is { } component)
            {
                if (!kinds.Contains(component.Kind))
                {
                    kinds.Add(component.Kind);
                }

                string words = string.Join(", ", components.Of(component.Kind).Select(c => $"`{c.Type}`").Distinct());
                rows.Add(component.ByKey
                    ? (path.Length == 0 ? $"<{component.Kind}>" : $"{path}.<{component.Kind}>", $"object; the key is one of {words}", "required", component.Description)
                    : (key, $"object with `type`: {words}", "required", component.Description));
                continue;
            }

            object? initial = option.Property.GetValue(defaults);
            OptionAttribute attribute = option.Option!;
            string shown = attribute.Required ? "required"
                : ConfigurationSchema.Default(initial) is { } json ? $"`{json.ToJsonString()}`"
                : option.IsRecord && initial is not null ? "as below" : "none";
            string meaning = attribute.Example is { } example ? $"{attribute.Description} Example: `{example}`." : attribute.Description;
            rows.Add((key, Kind(option), shown, meaning));
            if (option.IsRecord)
            {
                Rows(option.ValueType, key, rows, kinds);
            }
            else if (option.ItemType is { } item && OptionProperty.IsOptionsRecord(item))
            {
                Rows(item, key + "[]", rows, kinds);
            }
        }
    }

    private static string Kind(OptionProperty option)
    {
        OptionAttribute attribute = option.Option!;
        string kind = option.ItemType is { } item ? $"array of {Word(item)}" : Word(option.ValueType);
        string of = option.ItemType is not null ? " items" : option.ValueType == typeof(string) ? " characters" : "";
        string limits = string.Join(", ", new[]
        {
            double.IsFinite(attribute.Min) ? $"≥ {Number(attribute.Min)}{of}" : "",
            double.IsFinite(attribute.Above) ? $"> {Number(attribute.Above)}{of}" : "",
            double.IsFinite(attribute.Max) ? $"≤ {Number(attribute.Max)}{of}" : "",
            attribute.PatternMeaning ?? "",
        }.Where(part => part.Length > 0));
        return limits.Length == 0 ? kind : $"{kind}, {limits}";
    }

    private static string Word(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "whole number",
        _ when type == typeof(double) => "number",
        _ when type.IsEnum => string.Join(", ", OptionsBinder.EnumWords(type).Select(word => $"`{word}`")),
        _ => "object",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
