using System.CommandLine;
using Sensing.Modules;

namespace Sensing.EdgeNode.Commands;

/// <summary><c>edge-node doctor FILE</c>: can the node read its sensors, reach its broker, keep its clock; what the disk holds.</summary>
internal static class DoctorCommand
{
    public static Command Create(ModuleCatalogue modules)
    {
        var file = new NodeFile();
        var wait = new Option<double>("--wait-seconds")
        {
            Description = "How long to wait for the first sample of a source, and for the broker's answer, s.",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command("doctor", "Check a node without starting it: sources, broker, clock, disk. Exits with 1 if anything fails.");
        file.AddTo(command);
        command.Add(wait);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (file.Load(parsed, modules.Streams, parsed.InvocationConfiguration.Error) is not { } options)
            {
                return ExitCode.Configuration;
            }

            var doctor = new Doctor(options, file.Folder(parsed), modules, TimeProvider.System, TimeSpan.FromSeconds(parsed.GetValue(wait)));
            bool well = true;
            await foreach (Finding finding in doctor.ExamineAsync(cancellation))
            {
                parsed.InvocationConfiguration.Output.WriteLine(finding);
                well &= finding.Grade != FindingGrade.Fails;
            }

            return well ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
