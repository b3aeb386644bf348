using System.Diagnostics;
using Confluent.Kafka;

namespace Sensing.CloudIngest.Tests.Kafka;

public class LibrdkafkaFileTests
{
    [Fact]
    public void The_library_that_was_shipped_is_the_one_in_use()
    {
        _ = Library.VersionString;

        string[] loaded = [.. Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
            .Select(module => module.FileName).Where(file => Path.GetFileName(file).Contains("librdkafka", StringComparison.Ordinal)).Distinct()];

        Assert.StartsWith(AppContext.BaseDirectory, Assert.Single(loaded), StringComparison.Ordinal);
    }
}
