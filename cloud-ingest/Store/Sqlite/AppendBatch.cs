using Microsoft.Data.Sqlite;

namespace Sensing.CloudIngest.Store.Sqlite;

/// <summary>What one transaction adds, written once a row at its end.</summary>
internal sealed class AppendBatch
{
    public List<SeriesEntry> NewSeries { get; } = [];

    public AppendChanges Changes { get; } = new();

    public void Write(AppendStatements statements, SqliteTransaction transaction)
    {
        foreach ((long series, SeriesChange change) in Changes.Series)
        {
            AppendStatements.With(
                statements.UpdateSeries, transaction, series, change.Count, change.Arrival, change.Rank, change.Time, change.Sequence).ExecuteNonQuery();
        }

        foreach (((long series, RollupStep step, long time), RollupChange change) in Changes.Rollups)
        {
            AppendStatements.With(
                statements.AddRollup, transaction, series, (long)step, time, change.Count, change.Measured, change.Sum, change.Min, change.Max, change.Arrival).ExecuteNonQuery();
        }
    }
}
