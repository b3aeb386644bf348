using System.Text.Json.Nodes;
using Sensing.Marine.Encounters;

namespace Sensing.Benchmarks.Marine;

/// <summary>Encounter classes against cases with expected ones, and against random geometries.</summary>
public sealed class MarineColregMeasure : IMeasure
{
    private const string DefaultCases = "../shared/data/marine/encounters/encounters_dev.jsonl";

    public string Name => "marine-colreg";

    public string Summary => "COLREG classes: Imazu problems, two-ship cases with accepted and forbidden classes, random geometries.";

    public string Inputs => $"--cases FILE (default {DefaultCases}); --json FILE writes id, class, duty, cpa_m, tcpa_s a line; --random N (default 10000) --seed S";

    public string Duration => "2 s";

    public Task<JsonObject> RunAsync(MeasureOptions options, TextWriter output, CancellationToken cancellation)
    {
        string path = options.File("cases", DefaultCases);
        string? json = options.Text("json");
        int count = options.Whole("random", 10_000), seed = options.Whole("seed", 1);
        options.NothingElse();
        EncounterCase[] cases = [.. EncounterCase.Read(path)];
        Assessment[] found = [.. cases.Select(one => one.Assess())];
        if (json is not null)
        {
            File.WriteAllLines(json, cases.Zip(found, (one, made) => Line(one, made).ToJsonString()));
        }

        JsonObject result = Score(cases, found, output);
        Random(count, seed, result, output);
        return Task.FromResult(result);
    }

    private static JsonObject Line(EncounterCase one, Assessment made) => new()
    {
        ["id"] = one.Id,
        ["class"] = EncounterWords.Of(made.Class),
        ["duty"] = EncounterWords.Of(made.Duty),
        ["cpa_m"] = made.Approach is { } cpa ? Math.Round(cpa.CpaM, 2) : null,
        ["tcpa_s"] = made.Approach is { } tcpa ? Math.Round(tcpa.TcpaS, 2) : null,
    };

    private static JsonObject Score(EncounterCase[] cases, Assessment[] found, TextWriter output)
    {
        var imazu = new Dictionary<string, bool>(StringComparer.Ordinal);
        int clear = 0, clearOk = 0, grey = 0, greyOk = 0, forbidden = 0, duties = 0, beyond = 0, scored = 0;
        double worst = 0;
        foreach ((EncounterCase one, Assessment made) in cases.Zip(found).Where(pair => pair.First.Expect is not null))
        {
            scored++;
            string kind = EncounterWords.Of(made.Class);
            bool within = one.IsWithin(made), accepted = one.Names("accept", kind);
            bool wrongDuty = one.Expect!["duty"] is { } duty && !one.IsGrey && (string)duty! != EncounterWords.Of(made.Duty);
            clear += one.IsGrey ? 0 : 1;
            clearOk += !one.IsGrey && accepted ? 1 : 0;
            grey += one.IsGrey ? 1 : 0;
            greyOk += one.IsGrey && accepted ? 1 : 0;
            forbidden += one.Names("forbid", kind) ? 1 : 0;
            duties += wrongDuty ? 1 : 0;
            beyond += within ? 0 : 1;
            if (made.Approach is { } approach && one.Expect["cpa_m"] is { } cpa)
            {
                worst = Math.Max(worst, Math.Abs(approach.CpaM - (double)cpa!));
            }

            if (one.Group == "imazu")
            {
                string problem = string.Join('-', one.Id.Split('-')[..2]);
                imazu[problem] = imazu.GetValueOrDefault(problem, true) && accepted && !wrongDuty && within;
            }

            if (!accepted || wrongDuty || !within)
            {
                output.WriteLine($"{one.Id}: {Line(one, made).ToJsonString()}, expected {one.Expect.ToJsonString()}");
            }
        }

        output.WriteLine($"{clearOk} of {clear} clear cases, {greyOk} of {grey} grey ones, {forbidden} forbidden; largest CPA error {worst:0.00} m");
        return new JsonObject
        {
            ["cases"] = scored,
            ["imazu_correct"] = imazu.Values.Count(correct => correct),
            ["imazu"] = imazu.Count,
            ["cases_clear"] = clear,
            ["cases_clear_ok"] = clearOk,
            ["grey"] = grey,
            ["grey_ok"] = greyOk,
            ["forbidden"] = forbidden,
            ["wrong_duties"] = duties,
            ["beyond_cpa_tolerance"] = beyond,
            ["largest_cpa_error_m"] = Math.Round(worst, 2),
        };
    }

    private static void Random(int count, int seed, JsonObject result, TextWriter output)
    {
        var random = new Random(seed);
        int clear = 0, agree = 0, grey = 0, standOn = 0, beyond = 0;
        var classes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            RandomEncounter drawn = RandomEncounter.Draw(random);
            Assessment made = EncounterRules.Assess(drawn.Own, drawn.Target, drawn.Limits);
            grey += drawn.IsGrey ? 1 : 0;
            clear += drawn.IsGrey ? 0 : 1;
            agree += !drawn.IsGrey && drawn.Class == made.Class ? 1 : 0;
            standOn += drawn.MustNotStandOn && made.Duty == EncounterDuty.StandOn ? 1 : 0;
            beyond += drawn.IsBeyondTolerance(made) ? 1 : 0;
            string kind = EncounterWords.Of(drawn.Class);
            classes[kind] = classes.GetValueOrDefault(kind) + (drawn.IsGrey ? 0 : 1);
            if (!drawn.IsGrey && drawn.Class != made.Class)
            {
                output.WriteLine($"differs: {kind} by the table, {EncounterWords.Of(made.Class)} here: {drawn}");
            }
        }

        output.WriteLine($"random: {agree} of {clear} agree, {grey} grey; clear ones: {string.Join(", ", classes.Select(one => $"{one.Key} {one.Value}"))}");
        result["random"] = count;
        result["random_grey"] = grey;
        result["random_agreement"] = clear == 0 ? null : (double)agree / clear;
        result["random_wrong_stand_on"] = standOn;
        result["random_beyond_cpa_tolerance"] = beyond;
    }
}
