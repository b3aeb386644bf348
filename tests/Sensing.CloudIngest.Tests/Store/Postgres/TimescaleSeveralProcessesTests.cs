using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

public sealed class TimescaleSeveralProcessesTests(TimescaleDatabases databases) : SeveralProcesses(databases);
