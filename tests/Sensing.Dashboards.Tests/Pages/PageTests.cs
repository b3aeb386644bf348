using Sensing.Testing.Browser;

[assembly: AssemblyFixture(typeof(ChromiumFixture))]

namespace Sensing.Dashboards.Tests.Pages;

/// <summary>Tests of pages share one browser and run one after the other: each wants the machine's full attention.</summary>
[CollectionDefinition(Name)]
public sealed class PageTests
{
    public const string Name = "pages";
}
