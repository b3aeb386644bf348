using Sensing.Das.Events;
using Sensing.Das.Tracks;
using Sensing.Steps;

namespace Sensing.Das.Classify;

/// <summary>Step 6: the class of each passage, from a calibration or from the site's own mixture as it becomes known.</summary>
internal sealed class Classification(DasOptions options, ClassModel? calibrated) : IStep<Batch<Passage>, Batch<ClassifiedPassage>>
{
    private const int Remembered = 512;
    private const int RefitEvery = 16;

    private readonly List<double[]> _seen = [];
    private ClassModel? _learnt;
    private int _sinceFit;

    public void Next(Batch<Passage> batch, Action<Batch<ClassifiedPassage>> emit)
    {
        var classified = new List<ClassifiedPassage>();
        foreach (Passage passage in batch.Items)
        {
            double[] features = ClassModel.Features(passage);
            Learn(features);
            (VehicleClass kind, double probability) = ClassDecision.Of(passage, calibrated ?? _learnt, options.Classes);
            classified.Add(new ClassifiedPassage(passage, kind, probability));
        }

        emit(new Batch<ClassifiedPassage>(batch.Origin, batch.Until, classified));
    }

    public void Break(Action<Batch<ClassifiedPassage>> emit)
    {
    }

    public void Save(BinaryWriter state)
    {
        state.Mark("classes-1");
        state.Write(_sinceFit);
        state.Write(_learnt is not null);
        state.WriteArray<double>([.. _seen.SelectMany(f => f)]);
        if (_learnt is { Mixture: { } m })
        {
            state.WriteArray<double>([m.UpperShare, m.LogLikelihood, .. m.LowerMean, .. m.LowerDeviation, .. m.UpperMean, .. m.UpperDeviation]);
        }
    }

    public void Load(BinaryReader state)
    {
        state.Expect("classes-1");
        _sinceFit = state.ReadInt32();
        bool learnt = state.ReadBoolean();
        double[] seen = state.ReadArray<double>(2 * Remembered);
        _seen.Clear();
        _seen.AddRange(seen.Chunk(2));
        _learnt = null;
        if (learnt)
        {
            double[] m = state.ReadArray<double>(10);
            _learnt = new ClassModel
            {
                Mixture = new GaussianMixture
                {
                    UpperShare = m[0],
                    LogLikelihood = m[1],
                    LowerMean = m[2..4],
                    LowerDeviation = m[4..6],
                    UpperMean = m[6..8],
                    UpperDeviation = m[8..10],
                },
            };
        }
    }

    private void Learn(double[] features)
    {
        if (calibrated is not null)
        {
            return;
        }

        _seen.Add(features);
        if (_seen.Count > Remembered)
        {
            _seen.RemoveAt(0);
        }

        if (++_sinceFit >= RefitEvery && _seen.Count >= options.Classes.LearnAfter)
        {
            _sinceFit = 0;
            var model = ClassModel.FromMixture(_seen);
            _learnt = model.Separation >= ClassModel.LeastSeparation ? model : _learnt;
        }
    }
}
