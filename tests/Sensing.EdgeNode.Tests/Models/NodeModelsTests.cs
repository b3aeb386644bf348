using System.Text;
using Sensing.EdgeNode.Configuration;
using Sensing.EdgeNode.Models;
using Sensing.Models;
using Sensing.Testing;

namespace Sensing.EdgeNode.Tests.Models;

public sealed class NodeModelsTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly ModelFolder _own;
    private readonly ModelFolder _package;

    public NodeModelsTests()
    {
        _own = new ModelFolder(_temporary["node/own"]);
        _package = new ModelFolder(_temporary["program/models/vision"]);
        _own.List();
        _package.List();
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void The_configured_folder_comes_before_packages_where_the_version_is_the_same()
    {
        _own.Write("mine.onnx", "mine");
        _own.List(ModelFolder.Line("detector", "1.0", "mine.onnx"));
        _package.Write("theirs.onnx", "theirs");
        _package.List(ModelFolder.Line("detector", "1.0", "theirs.onnx"), ModelFolder.Line("counter", "3", "theirs.onnx"));
        IModelStore models = Open("own");

        ModelDescription found = models.Find(new ModelReference("detector"));

        Assert.Equal(ModelFolder.Digest("mine"), found.Digest);
        Assert.Equal("mine", Encoding.UTF8.GetString(models.Read(found).Span));
        ModelDescription theirs = models.Find(new ModelReference("detector", Digest: ModelFolder.Digest("theirs")));
        Assert.Equal("theirs", Encoding.UTF8.GetString(models.Read(theirs).Span));
        Assert.Equal("3", models.Find(new ModelReference("counter")).Version);
        Assert.Equal(["counter", "detector", "detector"], models.List().Select(model => model.Name));
    }

    [Fact]
    public void A_newer_version_of_a_package_is_chosen_unless_it_is_damaged_which_is_an_error()
    {
        _own.Write("mine.onnx", "mine");
        _own.List(ModelFolder.Line("detector", "1.9", "mine.onnx"));
        _package.Write("theirs.onnx", "theirs");
        _package.List(ModelFolder.Line("detector", "1.10", "theirs.onnx", ModelFolder.Digest("theirs")));
        IModelStore models = Open("own");

        Assert.Equal("1.10", models.Find(new ModelReference("detector")).Version);
        _package.Write("theirs.onnx", "cut sh");

        Assert.Contains("theirs.onnx: the file does not have the SHA-256", Assert.Throws<ModelException>(
            () => models.Find(new ModelReference("detector"))).Message, StringComparison.Ordinal);
        Assert.Equal("1.9", models.Find(new ModelReference("detector", "1.9")).Version);
    }

    [Fact]
    public void Without_a_folder_packages_are_used_and_without_either_the_error_names_the_option()
    {
        _package.Write("theirs.onnx", "theirs");
        _package.List(ModelFolder.Line("detector", "1", "theirs.onnx"));
        Assert.Equal("1", Open(null).Find(new ModelReference("detector")).Version);

        IModelStore none = NodeModels.Of(new ModelOptions(), _temporary.Path, _temporary["elsewhere"]);
        ModelException error = Assert.Throws<ModelException>(() => none.Find(new ModelReference("detector")));
        Assert.Contains("Name a folder of models: models.directory in node.json, or --models.", error.Message, StringComparison.Ordinal);
        Assert.Empty(none.List());
    }

    [Fact]
    public void A_model_that_nobody_lists_is_an_error_of_the_configured_folder()
    {
        ModelException error = Assert.Throws<ModelException>(() => Open("own").Find(new ModelReference("detector")));
        Assert.StartsWith($"{_own.Path}: there is no model detector.", error.Message, StringComparison.Ordinal);
    }

    private IModelStore Open(string? directory) =>
        NodeModels.Of(new ModelOptions { Directory = directory }, _temporary["node"], _temporary["program"]);
}
