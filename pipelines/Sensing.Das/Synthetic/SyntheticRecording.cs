using Sensing.Das.Recordings.Described;
using Sensing.Das.Recordings.Npy;

namespace Sensing.Das.Synthetic;

/// <summary>Writes a synthetic recording to disk, with its truth beside it.</summary>
public static class SyntheticRecording
{
    /// <summary>Writes <paramref name="path"/> and, beside it, <c>name.truth.csv</c> and <c>name.truth.json</c>.</summary>
    /// <param name="scenario">What is recorded, from its first sample on.</param>
    /// <param name="path">File ending in <c>.h5</c> or <c>.npy</c>; one of that name is replaced.</param>
    /// <param name="durationSeconds">Length, s, above 0.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    public static void Write(SyntheticScenario scenario, string path, double durationSeconds)
    {
        long rows = (long)Math.Round(durationSeconds / scenario.Geometry.TimeStepSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1, nameof(durationSeconds));
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".h5":
                using (var writer = new Hdf5RecordingWriter(path, scenario.Geometry, scenario.Epoch, rows))
                {
                    Append(scenario, durationSeconds, writer.Append);
                    writer.Complete();
                }

                break;
            case ".npy":
                using (var writer = new NpyRecordingWriter(path, scenario.Geometry, scenario.Epoch))
                {
                    Append(scenario, durationSeconds, writer.Append);
                    writer.Complete();
                }

                break;
            default:
                throw new ArgumentException($"{path}: recordings are written as .h5 or .npy.", nameof(path));
        }

        SyntheticTruth truth = scenario.Truth(durationSeconds);
        using (StreamWriter table = File.CreateText(Path.ChangeExtension(path, ".truth.csv")))
        {
            TruthFile.WriteCsv(truth, table);
        }

        using FileStream json = File.Create(Path.ChangeExtension(path, ".truth.json"));
        TruthFile.WriteJson(truth, json);
    }

    private static void Append(SyntheticScenario scenario, double durationSeconds, Action<DasBlock> append)
    {
        foreach (DasBlock block in scenario.Blocks(durationSeconds))
        {
            using (block)
            {
                append(block);
            }
        }
    }
}
