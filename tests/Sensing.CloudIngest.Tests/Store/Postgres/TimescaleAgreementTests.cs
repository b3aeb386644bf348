using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

public sealed class TimescaleAgreementTests(TimescaleDatabases databases) : Agreement(databases);
