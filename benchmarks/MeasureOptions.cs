using System.Globalization;

namespace Sensing.Benchmarks;

/// <summary>The options of a measure: <c>--name value</c> and <c>--flag</c>.</summary>
public sealed class MeasureOptions
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <exception cref="MeasureException">A word is not an option.</exception>
    public MeasureOptions(IReadOnlyList<string> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new MeasureException($"'{words[i]}' is not an option: options look like --seed 7.");
            }

            bool hasValue = i + 1 < words.Count && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
            _values[words[i][2..]] = hasValue ? words[++i] : null;
        }
    }

    public bool Flag(string name) => _used.Add(name) | true && _values.ContainsKey(name);

    public string? Text(string name)
    {
        _used.Add(name);
        return !_values.TryGetValue(name, out string? value) ? null
            : value ?? throw new MeasureException($"--{name} needs a value.");
    }

    /// <exception cref="MeasureException">The value is no number.</exception>
    public double Number(string name, double otherwise) => Text(name) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
        : throw new MeasureException($"--{name} must be a number, not '{text}'.");

    /// <exception cref="MeasureException">The value is no whole number.</exception>
    public int Whole(string name, int otherwise) => Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value
        : throw new MeasureException($"--{name} must be a whole number, not '{text}'.");

    /// <summary>A path, checked to exist.</summary>
    /// <exception cref="MeasureException">There is no such file.</exception>
    public string File(string name, string otherwise)
    {
        string path = Text(name) ?? otherwise;
        return System.IO.File.Exists(path) ? path
            : throw new MeasureException($"{path} does not exist: name the file with --{name} FILE.");
    }

    /// <summary>Called by a measure once it has asked for all its options, before it starts its work.</summary>
    /// <exception cref="MeasureException">An option was given that the measure does not know.</exception>
    public void NothingElse()
    {
        string[] unknown = [.. _values.Keys.Where(name => !_used.Contains(name)).Select(name => "--" + name)];
        if (unknown.Length > 0)
        {
            throw new MeasureException(
                $"unknown option: {string.Join(", ", unknown)} (known: {string.Join(", ", _used.Order(StringComparer.Ordinal).Select(n => "--" + n))}).");
        }
    }
}
