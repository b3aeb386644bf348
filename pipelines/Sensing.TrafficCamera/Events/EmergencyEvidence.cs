using System.ComponentModel;

namespace Sensing.TrafficCamera.Events;

/// <summary>One kind of evidence for an emergency vehicle.</summary>
public sealed record EmergencyEvidence(
    [property: Description("What speaks for it: lightBar, siren or detector.")] EmergencyEvidenceKind Kind,
    [property: Description("Natural logarithm of how much more likely the observation is with an emergency vehicle than without.")]
    double LogLikelihoodRatio);
