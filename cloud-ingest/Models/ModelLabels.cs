using Sensing.Models;

namespace Sensing.CloudIngest.Models;

/// <summary>Labels by model, as CSV files in the registry's folder: <c>source,id,label</c>, the last line of an event counts.</summary>
public sealed class ModelLabels(ModelRegistry registry)
{
    private const string Header = "source,id,label";

    /// <summary>The labels of a model's windows, by stream and id.</summary>
    /// <exception cref="RegistryException">The file cannot be read.</exception>
    public IReadOnlyDictionary<(string Source, string Id), string> Read(string model)
    {
        string path = PathOf(model);
        var labels = new Dictionary<(string, string), string>();
        if (!File.Exists(path))
        {
            return labels;
        }

        try
        {
            foreach (string line in File.ReadLines(path).Skip(1))
            {
                if (line.Split(',') is [var source, var id, var label])
                {
                    labels[(source, id)] = label;
                }
            }

            return labels;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Adds labels; a later one of the same event replaces it.</summary>
    /// <returns>Events that are labelled now.</returns>
    /// <exception cref="RegistryException">A label is unknown; nothing was added.</exception>
    public int Add(IModelTraining training, IReadOnlyList<LabelLine> lines)
    {
        if (lines.FirstOrDefault(line => !training.Labels.Contains(line.Label)) is { } unknown)
        {
            throw new RegistryException($"unknown label '{unknown.Label}' of the event {unknown.Id}: use one of {string.Join(", ", training.Labels)}.");
        }

        return registry.Locked(() =>
        {
            var all = new Dictionary<(string Source, string Id), string>(Read(training.Model));
            foreach (LabelLine line in lines)
            {
                all[(line.Source, line.Id)] = line.Label;
            }

            string text = string.Join('\n', all.Select(label => $"{label.Key.Source},{label.Key.Id},{label.Value}").Prepend(Header)) + "\n";
            RegistryFile.Replace(PathOf(training.Model), System.Text.Encoding.UTF8.GetBytes(text));
            return all.Count;
        });
    }

    private string PathOf(string model) => Path.Combine(registry.Folder, $"{model}.labels.csv");
}
