using Sensing.EdgeNode.Tests.Outbox.Damage;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Outbox;

/// <summary>A short run of what the measure <c>outbox-damage</c> does.</summary>
public class SeededDamageTests
{
    [Theory]
    [InlineData(SpecimenState.Closed)]
    [InlineData(SpecimenState.Killed)]
    [InlineData(SpecimenState.KilledAfterRestart)]
    public async Task No_damage_crashes_a_node_twice_or_is_silent_or_falsifies_an_event(SpecimenState state)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11 + (int)state);
        OutboxSpecimen specimen = await OutboxSpecimen.MakeAsync(folder["specimen"], 150, state, random);
        var places = new RecordPlaces(specimen);
        Assert.Equal(specimen.Waiting.Count, places.Whole(specimen.Folder).Count);
        int salvageable = 0, salvaged = 0;
        foreach (OutboxDamage damage in OutboxDamage.All)
        {
            string copy = folder[$"{Array.IndexOf(OutboxDamage.All, damage)}"];
            DamagedCopy.Make(specimen.Folder, copy);
            if (!damage.Apply(copy, random))
            {
                continue;
            }

            DamageOutcome outcome = await DamageOutcome.OfAsync(specimen, places.Whole(copy), copy);
            Assert.True(outcome is { CrashLoop: null, Silent: null, False: 0 }, $"{damage.Name}: {outcome}");
            salvageable += outcome.Salvageable;
            salvaged += outcome.Salvaged;
        }

        Assert.InRange(salvaged, 0.98 * salvageable, salvageable);
    }
}
