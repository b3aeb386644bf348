using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Sensing.Testing;
using Sensing.Vision.Onnx.Import;

namespace Sensing.Benchmarks.Models;

/// <summary>TensorFlow.js in Node.js, installed from npm by its lock file into a temporary folder.</summary>
internal sealed class TensorFlowJs : IDisposable
{
    private static readonly string[] Sources = ["package.json", "package-lock.json", "reference.cjs"];

    private readonly TemporaryFolder _folder = new();

    private TensorFlowJs()
    {
    }

    /// <summary>Back end and version, once it has run.</summary>
    public string Version { get; private set; } = "";

    /// <exception cref="MeasureException">npm fails or is absent.</exception>
    public static async Task<TensorFlowJs> InstallAsync(TextWriter output, CancellationToken cancellation)
    {
        var installed = new TensorFlowJs();
        foreach (string source in Sources)
        {
            File.Copy(Path.Combine(Repository.Root, "benchmarks", "Models", "tfjs", source), installed._folder[source]);
        }

        output.WriteLine("installing TensorFlow.js");
        await installed.CommandAsync(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cancellation);
        return installed;
    }

    /// <summary>The outputs of a model, in the recipe's order and in the layout of the imported model.</summary>
    /// <param name="recipe">The model.</param>
    /// <param name="files">Its files.</param>
    /// <param name="input">The numbers, channels first.</param>
    /// <param name="cancellation">Ctrl-C.</param>
    public async Task<float[][]> RunAsync(
        ModelRecipe recipe, IReadOnlyDictionary<string, byte[]> files, float[] input, CancellationToken cancellation)
    {
        int size = recipe.InputSize;
        await File.WriteAllBytesAsync(_folder["model.json"], files[recipe.Model.Path], cancellation);
        await File.WriteAllBytesAsync(_folder["model.bin"], files[recipe.Weights.Path], cancellation);
        float[] numbers = recipe.ChannelsLast ? ChannelsLast(input, size) : input;
        await File.WriteAllBytesAsync(_folder["input"], MemoryMarshal.AsBytes<float>(numbers).ToArray(), cancellation);
        var request = new JsonObject
        {
            ["model"] = _folder["model.json"],
            ["weights"] = _folder["model.bin"],
            ["input"] = _folder["input"],
            ["shape"] = recipe.ChannelsLast ? new JsonArray(1, size, size, 3) : new JsonArray(1, 3, size, size),
            ["integer"] = recipe == ModelRecipes.MoveNetLightning || recipe == ModelRecipes.MoveNetThunder,
            ["outputs"] = new JsonArray([.. recipe.Outputs.Select(output => new JsonObject { ["node"] = output.Node, ["map"] = output.IsMap })]),
            ["to"] = _folder.Path,
        };
        await File.WriteAllTextAsync(_folder["request.json"], request.ToJsonString(), cancellation);
        Version = "tfjs " + (await CommandAsync(["node", "reference.cjs", "request.json"], cancellation)).Trim();
        return [.. recipe.Outputs.Select((_, i) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(_folder[$"{i}"])).ToArray())];
    }

    public void Dispose() => _folder.Dispose();

    private static float[] ChannelsLast(float[] planes, int size)
    {
        float[] pixels = new float[planes.Length];
        for (int i = 0; i < planes.Length; i++)
        {
            pixels[(i % (size * size) * 3) + (i / (size * size))] = planes[i];
        }

        return pixels;
    }

    private async Task<string> CommandAsync(string[] command, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            string output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? output
                : throw new MeasureException($"{string.Join(' ', command)} ended with {process.ExitCode}: {output}{await errors}");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new MeasureException($"{command[0]} cannot be started: {error.Message}. It needs Node.js and npm (apt-get install nodejs npm).");
        }
    }
}
