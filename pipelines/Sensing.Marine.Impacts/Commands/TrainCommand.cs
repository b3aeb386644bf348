using System.CommandLine;
using Sensing.Marine.Impacts.Learning;
using Sensing.Marine.Impacts.Models;
using Sensing.Models;
using Sensing.Modules;
using Sensing.Onnx;

namespace Sensing.Marine.Impacts.Commands;

/// <summary><c>edge-node marine train --models FOLDER</c>: a classifier of impacts into a folder of models.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var folder = new Option<string>("--models") { Description = "Folder of models, as models.directory in node.json names it.", HelpName = "FOLDER", Required = true };
        var windows = new Option<string?>("--windows") { Description = "Folder of CSV files with labelled windows of your own vessel.", HelpName = "FOLDER" };
        var version = new Option<string>("--model-version") { Description = "Version of the model.", HelpName = "VERSION", DefaultValueFactory = _ => "1.1" };
        var seed = new Option<int>("--seed") { Description = "Seed of the simulated voyages.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var voyages = new Option<int>("--voyages") { Description = "Simulated voyages of a minute each.", HelpName = "N", DefaultValueFactory = _ => ImpactTraining.Voyages };
        version.Validators.Add(result =>
        {
            if (!Version.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--model-version must be numbers with dots, for example 1.1.");
            }
        });
        voyages.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 20 or > 100_000)
            {
                result.AddError("--voyages must be from 20 to 100000.");
            }
        });
        var command = new Command("train", """
            Train the classifier of impacts from voyages that the program simulates and, with --windows, from your own labelled windows; write it as ONNX
            into a folder of models. A node that runs takes a newer version into shadow by itself.
            """)
        {
            folder, windows, version, seed, voyages,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetRequiredValue(folder), parsed.GetValue(windows), parsed.GetRequiredValue(version), parsed.GetValue(seed), parsed.GetValue(voyages),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation)));
        return command;
    }

    private static int Run(
        string folder, string? windows, string version, int seed, int voyages, TextWriter output, TextWriter problems, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<LabelledWindow> own = windows is null ? [] : WindowFile.ReadFolder(windows);
            if (own.FirstOrDefault(window => !SimulatedWindows.Classes.Contains(window.Class)) is { } unknown)
            {
                problems.WriteLine($"{windows}: the window '{unknown.Case}' has the class '{unknown.Class}'. Classes are {string.Join(", ", SimulatedWindows.Classes)}.");
                return ExitCode.Failed;
            }

            TrainedModel trained = ImpactTraining.Train(own, seed, voyages, cancellation);
            string origin = FormattableString.Invariant(
                $"{trained.Examples} windows of {voyages} simulated voyages (seed {seed}) and {own.Count} labelled windows; held-out accuracy {trained.Accuracy:0.000}");
            ModelDescription added = ModelFolder.Add(folder, "impacts", version, NetworkFile.Write(trained.Network, origin));
            output.WriteLine(FormattableString.Invariant(
                $"Trained {added.Name} {added.Version} on {trained.Examples} windows, {own.Count} of them yours."));
            output.WriteLine(FormattableString.Invariant(
                $"On simulated voyages that it has not seen: accuracy {trained.Accuracy:0.000}, expected calibration error {trained.CalibrationError:0.000}."));
            output.WriteLine($"{added.Length} bytes in {folder}; SHA-256 {added.Digest}.");
            return ExitCode.Done;
        }
        catch (Exception error) when (error is WindowFileException or ModelException or IOException or UnauthorizedAccessException)
        {
            problems.WriteLine(error.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            problems.WriteLine("Stopped; nothing was written.");
            return ExitCode.Failed;
        }
    }
}
