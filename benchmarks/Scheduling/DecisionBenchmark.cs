using BenchmarkDotNet.Attributes;
using Sensing.Scheduling.Policies;

namespace Sensing.Benchmarks.Scheduling;

/// <summary>One task's whole share of a policy's work: its arrival, its end, and all plans made in between.</summary>
public class DecisionBenchmark
{
    internal const int Tasks = 2000;

    private LoadedEdge _edge = null!;

    [Params("Plan-ahead", "DEMS")]
    public string Policy { get; set; } = "";

    [Params(8, 64, 512)]
    public int Queued { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _edge = new LoadedEdge(PolicyCatalogue.Create(Policy)!, Queued);
        for (int i = 0; i < Queued + 2000; i++)
        {
            _edge.Step();
        }
    }

    [Benchmark(OperationsPerInvoke = Tasks)]
    public void Task()
    {
        for (int i = 0; i < Tasks; i++)
        {
            _edge.Step();
        }
    }
}
