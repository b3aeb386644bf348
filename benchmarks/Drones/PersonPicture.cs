using Sensing.Drones.Tasks;
using Sensing.Vision.Drawing;
using Sensing.Vision.Frames;
using SkiaSharp;

namespace Sensing.Benchmarks.Drones;

/// <summary>A frame with what the tasks found in it; faces are blurred.</summary>
internal static class PersonPicture
{
    private const float SeenScore = 0.3f;

    // Arms, legs and the trunk, between points of MoveNet.
    private static readonly (BodyPart From, BodyPart To)[] Limbs =
    [
        (BodyPart.LeftShoulder, BodyPart.RightShoulder), (BodyPart.LeftHip, BodyPart.RightHip),
        (BodyPart.LeftShoulder, BodyPart.LeftElbow), (BodyPart.LeftElbow, BodyPart.LeftWrist),
        (BodyPart.RightShoulder, BodyPart.RightElbow), (BodyPart.RightElbow, BodyPart.RightWrist),
        (BodyPart.LeftShoulder, BodyPart.LeftHip), (BodyPart.RightShoulder, BodyPart.RightHip),
        (BodyPart.LeftHip, BodyPart.LeftKnee), (BodyPart.LeftKnee, BodyPart.LeftAnkle),
        (BodyPart.RightHip, BodyPart.RightKnee), (BodyPart.RightKnee, BodyPart.RightAnkle),
    ];

    public static void Write(Frame frame, IReadOnlyList<PersonReading> persons, string path)
    {
        using var canvas = new FrameCanvas(frame);
        foreach (PersonReading person in persons)
        {
            if (person.Face is { } face)
            {
                canvas.Blur(face.Left, face.Top, face.Right - face.Left, face.Bottom - face.Top);
            }

            foreach ((BodyPart from, BodyPart to) in Limbs)
            {
                KeyPoint a = person.Pose[(int)from], b = person.Pose[(int)to];
                if (a.Score >= SeenScore && b.Score >= SeenScore)
                {
                    canvas.Line([(a.X, a.Y), (b.X, b.Y)], SKColors.Cyan);
                }
            }

            SKColor colour = person.HasVest ? SKColors.Orange : SKColors.LightGray;
            string label = FormattableString.Invariant($"{(person.HasVest ? "vest " : "")}{person.VestScore:0.00}")
                + (person.Mask == MaskState.NoFaceVisible ? "" : person.Mask == MaskState.Mask ? ", mask" : ", no mask");
            canvas.Box(
                person.Box.Left, person.Box.Top, person.Box.Right - person.Box.Left, person.Box.Bottom - person.Box.Top, colour, label);
        }

        canvas.Save(path);
    }
}
