using Sensing.Streams;

namespace Sensing.Das.Commands;

/// <summary>Reads a fibre source to its end, or for some time, and surveys it; reports its progress every second.</summary>
internal sealed class SurveyRun(DasOptions options, double? seconds, TimeProvider time, TextWriter progress, CancellationToken cancellation)
    : IStreamVisitor<Task<SiteSurvey>>
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    private readonly long _began = time.GetTimestamp();
    private long _reported = time.GetTimestamp();
    private double _read;

    public async Task<SiteSurvey> Visit<TSample>(StreamParts<TSample> stream)
        where TSample : class, ITimed
    {
        var open = (Func<ISource<DasBlock>>)(object)stream.OpenSource;
        var survey = new SiteSurvey(options);
        try
        {
            await using ISource<DasBlock> source = open();
            await foreach (SourceItem<DasBlock> item in source.ReadAsync(null, cancellation))
            {
                Take(item, survey);
                if (_read >= seconds)
                {
                    break;
                }

                if (time.GetElapsedTime(_reported) >= ReportEvery)
                {
                    Report(survey, done: false);
                }
            }

            survey.Complete();
            Report(survey, done: true);
            return survey;
        }
        catch
        {
            survey.Dispose();
            throw;
        }
    }

    private void Take(SourceItem<DasBlock> item, SiteSurvey survey)
    {
        if (item.Notice is { } notice)
        {
            progress.WriteLine($"{notice.Code}: {notice.Input}{(notice.Position is { } position ? $", {position}" : "")}: {notice.Message}");
        }

        if (item.Sample is { } block)
        {
            using (block)
            {
                survey.Add(block);
                _read += block.Duration.TotalSeconds;
            }
        }
    }

    private void Report(SiteSurvey survey, bool done)
    {
        _reported = time.GetTimestamp();
        double taken = time.GetElapsedTime(_began).TotalSeconds;
        progress.WriteLine($"{(done ? "Read: " : "")}{_read:F0} s of recording in {taken:F1} s ({_read / Math.Max(taken, 1e-3):F1} × real time), {survey.Vehicles.Count} vehicles");
    }
}
