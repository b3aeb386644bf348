using System.CommandLine;
using Sensing.Drones.Live;
using Sensing.Models;
using Sensing.Vision.Frames;

namespace Sensing.CloudInference;

/// <summary>The command line of <c>cloud-inference</c>.</summary>
public static class InferenceCommand
{
    /// <summary>Runs of each task at the start.</summary>
    private const int WarmUpRuns = 8;

    public static Task<int> RunAsync(string[] args) => Create().Parse(args).InvokeAsync();

    internal static RootCommand Create()
    {
        var models = new Option<string>("--models") { Description = "Folder of models, as 'edge-node drone import-models' makes it.", HelpName = "FOLDER", Required = true };
        var url = new Option<string>("--url") { Description = "Address to listen at.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var slots = new Option<int>("--slots") { Description = "Requests that run at a time, one thread each.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var detector = new Option<string>("--detector") { Description = "Detector.", HelpName = "NAME", DefaultValueFactory = _ => "centernet" };
        var pose = new Option<string>("--pose") { Description = "Model of poses.", HelpName = "NAME", DefaultValueFactory = _ => "movenet-lightning" };
        slots.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--slots must be from 1 to 256.");
            }
        });
        var command = new RootCommand("The Sensing cloud tier's inference: the drones' tasks over KServe v2, refused at once where their deadline cannot be met.")
        {
            models, url, slots, detector, pose,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output, problems = parsed.InvocationConfiguration.Error;
            try
            {
                DroneModelSet set = DroneModelSet.Read(
                    new FolderModels(parsed.GetRequiredValue(models)), [parsed.GetRequiredValue(detector)], [parsed.GetRequiredValue(pose)], "blazeface");
                using InferenceService service = Open(set, parsed.GetValue(slots), TimeProvider.System);
                WebApplication app = Build(service, parsed.GetRequiredValue(url));
                await using (app.ConfigureAwait(false))
                {
                    await app.StartAsync(cancellation).ConfigureAwait(false);
                    output.WriteLine($"Serving KServe v2 at {string.Join(", ", app.Urls)}.");
                    await app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
                }

                return 0;
            }
            catch (Exception error) when (error is ModelException or IOException or PlatformNotSupportedException or UnauthorizedAccessException)
            {
                problems.WriteLine(error.Message);
                return 1;
            }
        });
        return command;
    }

    /// <summary>Opens so many engines and measures their times.</summary>
    public static InferenceService Open(DroneModelSet models, int slots, TimeProvider time)
    {
        ITaskEngine[] engines = [.. Enumerable.Range(0, slots).Select(_ => new DroneModels(models, DroneCamera.Default, share: false))];
        var profile = new EdgeProfile();
        using Frame blank = Frame.Rent(512, 288, default);
        blank.Raw.Span.Fill(128);
        foreach (ITaskEngine engine in engines)
        {
            EdgeWarmUp.Run(engine, Enum.GetValues<DroneTaskKind>(), [blank], profile, WarmUpRuns, time);
        }

        return new InferenceService(engines, profile, time);
    }

    /// <summary>A web application that serves this at an address.</summary>
    public static WebApplication Build(InferenceService service, string url)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url);
        WebApplication app = builder.Build();
        InferenceEndpoint.Map(app, service);
        return app;
    }
}
