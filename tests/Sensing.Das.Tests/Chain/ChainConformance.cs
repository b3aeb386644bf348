using Sensing.Das.Events;
using Sensing.Testing.Conformance;

namespace Sensing.Das.Tests.Chain;

/// <summary>The fibre chain as every pipeline must be.</summary>
public sealed class ChainConformance() : PipelineConformance<DasBlock>(Make)
{
    private const double Seconds = 70;

    private static PipelineUnderTest<DasBlock> Make()
    {
        // Cut anew for each run; the whole is read once.
        DasBlock whole = ChainFixture.Whole(Seconds);
        return new PipelineUnderTest<DasBlock>
        {
            Create = context => new DasPipeline(ChainFixture.Options, context.Address),
            Events = DasEvents.Family,
            Units = whole.Rows,
            Read = (first, rows) => [ChainFixture.Part(whole, first, rows)],
        };
    }
}
