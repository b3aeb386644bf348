using Sensing.Das.Recordings;

namespace Sensing.Das.Sources.Live;

internal sealed partial class OptoDasDecoder
{
    private void TakeHeader(ReadOnlyMemory<byte> message)
    {
        try
        {
            if (_headers.Read(message) is not { } header)
            {
                TellForeign(message.Length);
                return;
            }

            if (header == _header)
            {
                return;
            }

            OptoDasRegion used = Between(header.Region);
            var geometry = new DasGeometry(used.Count, header.TimeStepSeconds, used.StepM, used.FirstM, _options.GaugeLengthM);
            Say(header, geometry);
            (_header, _used, _refused, _foreignAt) = (header, used, null, null);
        }
        catch (RecordingException mistake)
        {
            // What the old header told no longer holds: data that follow must not be read by it.
            _header = null;
            if (_refused != mistake.Message)
            {
                _refused = mistake.Message;
                Say(mistake.ToNotice());
            }
        }
    }

    private void Say(OptoDasStreamHeader header, DasGeometry geometry)
    {
        if (Position is { Geometry: { } before, Expected: { } expected } && before != geometry)
        {
            // The new grid begins where the old one was to go on; whether the data do, is checked with the first of them.
            _blocks.Begin(expected, geometry);
            _difference.Forget();
            Say(LiveNotices.Changed(_options.Endpoint, before, geometry));
        }
        else if (Position.Geometry is null || _header is not null)
        {
            Say(LiveNotices.Header(_options.Endpoint, header, geometry));
        }
    }

    /// <summary>The region's channels between fromM and toM, ends included.</summary>
    private OptoDasRegion Between(OptoDasRegion region)
    {
        double last = region.FirstM + ((region.Count - 1) * region.StepM);
        double from = _options.FromM ?? region.FirstM, to = _options.ToM ?? last;
        int first = (int)Math.Max(0, Math.Ceiling(((from - region.FirstM) / region.StepM) - 1e-9));
        int end = (int)Math.Min(region.Count, Math.Floor(((to - region.FirstM) / region.StepM) + 1e-9) + 1);
        return end - first >= 2
            ? new OptoDasRegion(region.First + first, end - first, region.FirstM + (first * region.StepM), region.StepM)
            : throw new RecordingException(
                "incomplete", _options.Endpoint, "header, roiTable",
                FormattableString.Invariant($"Fewer than two channels lie between {from:0.#} m and {to:0.#} m: the stream covers {region.FirstM:0.#} m to {last:0.#} m."),
                "Correct fromM and toM.");
    }
}
