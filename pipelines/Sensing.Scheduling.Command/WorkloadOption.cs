using Sensing.Scheduling.Simulation;

namespace Sensing.Scheduling.Command;

/// <summary>A workload as people name it: <c>2-active</c>, or a file.</summary>
internal static class WorkloadOption
{
    public static bool IsFile(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null if the workload can be read.</summary>
    public static string? Mistake(string name)
    {
        try
        {
            return IsFile(name) && WorkloadFile.Load(name) is not null || Workload.Find(name) is not null ? null
                : $"knows no '{name}': give one such as 2-active, or FILE.json";
        }
        catch (InvalidDataException error)
        {
            return $"cannot be read: {error.Message.TrimEnd('.')}";
        }
    }

    /// <summary>A workload in which <see cref="Mistake"/> finds nothing.</summary>
    public static Workload Read(string name) => IsFile(name) ? WorkloadFile.Load(name) : Workload.Find(name)!;
}
