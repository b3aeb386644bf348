using Sensing.CloudIngest.Configuration;

namespace Sensing.CloudIngest.Tests.Support;

/// <summary>A server that gives each test a database of its own.</summary>
public interface ITestDatabases
{
    /// <summary>How to reach a new, empty database; the test is skipped where there is no server.</summary>
    Task<PostgresOptions> CreateAsync(CancellationToken cancellation);

    /// <summary>Runs statements as somebody who may do everything; the first value of the last result, if any.</summary>
    Task<object?> ExecuteAsync(string database, string sql, CancellationToken cancellation);
}
