using Sensing.CloudIngest.Tests.Support;

namespace Sensing.CloudIngest.Tests.Store.Postgres;

public sealed class AgreementTests(PostgresDatabases databases) : Agreement(databases);
