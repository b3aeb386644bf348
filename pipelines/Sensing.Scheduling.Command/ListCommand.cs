using Sensing.Scheduling.Policies;
using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Command;

/// <summary><c>sensing-schedule list</c>: the names that <c>compare</c> takes.</summary>
internal static class ListCommand
{
    public static System.CommandLine.Command Build()
    {
        var command = new System.CommandLine.Command("list", "Name the policies, workloads and scenarios.");
        command.SetAction(_ =>
        {
            Console.WriteLine($"policies:  {string.Join(", ", PolicyCatalogue.Names)}");
            Console.WriteLine($"workloads: {string.Join(", ", Workload.Published.Select(w => w.Name))} (any number of drones), or FILE.json");
            Console.WriteLine($"scenarios: {string.Join(", ", Variability.Names)}");
            return 0;
        });
        return command;
    }
}
