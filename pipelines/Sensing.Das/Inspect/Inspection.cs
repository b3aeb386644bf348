using System.Numerics.Tensors;
using System.Reactive.Linq;
using Sensing.Events.Node;
using Sensing.Steps;
using Sensing.Streams;

namespace Sensing.Das.Inspect;

/// <summary>Step 1's other half: whether blocks join, and whether their values are numbers.</summary>
/// <remarks>A gap, a jump of the clock or another geometry is a break and a notice; the stream goes on after it. Values that
/// are not finite are told once for each run of them; conditioning takes them as zero.</remarks>
internal sealed class Inspection : IResumable
{
    /// <summary>Runs of bad values that are less apart than this are one, s.</summary>
    private const double RunSeconds = 10;

    private DasGeometry? _geometry;
    private DateTimeOffset _epoch;
    private long _next;
    private long _lastBad = long.MinValue / 2;

    /// <summary>Inspects a stream of blocks; its end is a break too.</summary>
    public IObservable<Inspected> Inspect(IObservable<DasBlock> blocks) => Observable.Create<Inspected>(observer =>
        blocks.Subscribe(
            block =>
            {
                Join(block, observer);
                CheckValues(block, observer);
                observer.OnNext(Inspected.Of(block));
            },
            observer.OnError,
            () =>
            {
                if (_geometry is not null)
                {
                    observer.OnNext(Inspected.Break(ExpectedTime()));
                    _geometry = null;
                }

                observer.OnCompleted();
            }));

    public void Save(BinaryWriter state)
    {
        state.Mark("inspection-1");
        state.WriteGeometry(_geometry);
        state.WriteTime(_epoch);
        state.Write(_next);
        state.Write(_lastBad);
    }

    public void Load(BinaryReader state)
    {
        state.Expect("inspection-1");
        _geometry = state.ReadGeometry();
        _epoch = state.ReadTime();
        _next = state.ReadInt64();
        _lastBad = state.ReadInt64();
    }

    private void Join(DasBlock block, IObserver<Inspected> observer)
    {
        if (_geometry is not null)
        {
            DateTimeOffset expected = ExpectedTime();
            double off = (block.Time - expected).TotalSeconds;
            StreamNotice? notice = block.Geometry != _geometry ? ChannelsChanged(block, expected)
                : block.Epoch == _epoch && block.FirstSample == _next ? null
                : Math.Abs(off) < _geometry.TimeStepSeconds / 2 ? null
                : off > 0 ? Gap(expected, off) : Backwards(block, expected, off);
            if (notice is not null)
            {
                observer.OnNext(Inspected.Break(expected));
                observer.OnNext(Inspected.Of(notice, block.Time));
            }
        }

        _geometry = block.Geometry;
        _epoch = block.Epoch.ToUniversalTime();
        _next = block.FirstSample + block.Rows;
    }

    private void CheckValues(DasBlock block, IObserver<Inspected> observer)
    {
        if (float.IsFinite(TensorPrimitives.Sum<float>(block.Values)))
        {
            return;
        }

        for (int r = 0; r < block.Rows; r++)
        {
            Span<float> row = block.Row(r);
            if (float.IsFinite(TensorPrimitives.Sum<float>(row)))
            {
                continue;
            }

            int channel = 0, count = 0;
            for (int c = row.Length - 1; c >= 0; c--)
            {
                (channel, count) = float.IsFinite(row[c]) ? (channel, count) : (c, count + 1);
            }

            long sample = block.FirstSample + r;
            if (count > 0 && sample - _lastBad > RunSeconds / block.Geometry.TimeStepSeconds)
            {
                observer.OnNext(Inspected.Of(
                    new StreamNotice
                    {
                        Code = "not-a-number",
                        Severity = NoticeSeverity.Warning,
                        Message = $"{count} of {row.Length} channels hold values that are no finite numbers, channel {channel} first; they are taken as zero.",
                        Position = $"sample {sample}, channel {channel}",
                        Remedy = "Check the interrogator's output; mask the channels if they stay without values.",
                    },
                    block.TimeOf(r)));
            }

            _lastBad = count > 0 ? sample : _lastBad;
        }
    }

    private DateTimeOffset ExpectedTime() => _geometry!.TimeOf(_epoch, _next);

    private static StreamNotice Gap(DateTimeOffset expected, double seconds) => new()
    {
        Code = "gap",
        Severity = NoticeSeverity.Warning,
        Message = $"{seconds:0.###} s of samples are missing; tracks end here and begin anew.",
        Position = $"from {expected:O}",
        Remedy = "Check the recording's files or the link to the interrogator.",
    };

    private static StreamNotice Backwards(DasBlock block, DateTimeOffset expected, double seconds) => new()
    {
        Code = "time-backwards",
        Severity = NoticeSeverity.Warning,
        Message = $"Time steps back by {-seconds:0.###} s; tracks end here and begin anew.",
        Position = $"at {block.Time:O}, where {expected:O} was expected",
        Remedy = "Check the interrogator's clock, or the order of the recording's files.",
    };

    private StreamNotice ChannelsChanged(DasBlock block, DateTimeOffset expected) => new()
    {
        Code = "channels-changed",
        Severity = NoticeSeverity.Warning,
        Message = $"The fibre's geometry changes from {_geometry!.Channels} channels every {_geometry.ChannelStepM:0.###} m to "
            + $"{block.Geometry.Channels} every {block.Geometry.ChannelStepM:0.###} m; the chain begins anew.",
        Position = $"at {expected:O}",
        Remedy = "If this was not meant, check the interrogator's settings.",
    };
}
